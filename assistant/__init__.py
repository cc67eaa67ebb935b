"""Questions, answers, proof, access. Everything a face calls takes a Principal and a patient."""

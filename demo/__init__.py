"""The demo hospital: 22 fictitious patients, and the files that such a hospital would drop."""

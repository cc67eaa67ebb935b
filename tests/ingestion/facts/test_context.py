"""Marked sentences: how is an item (between < and >) meant, of whom is it said, how surely, and when."""

import pytest

from ingestion.facts.context import certainty_of, effective_of, polarity_of, relative_of, since_of, subject_of
from ingestion.facts.types import Line, Source
from tests.ingestion.facts.marked import source

AFFIRMED = [
    # What follows a denial is not denied.
    "Pas de fièvre, <toux> productive",
    "ABSENCE DE FIEVRE MAIS <TOUX>",
    "Aucun antécédent en dehors d'une <appendicectomie>",
    "aucun ATCD sauf <HTA>",
    "ni frissons ni sueurs, <dyspnée> d'effort",
    "apyrétique ; pas de douleur ; <céphalées> depuis hier",
    "Pas de récidive sous <apixaban>",
    "pas de BACTRIM (<toxidermie>) -> atovaquone",
    "pas de BACTRIM -> <atovaquone>",
    "Pas d'autre traitement que l'<apixaban>",
    "n'a pas de fièvre mais une <toux> grasse",
    "Patient non fumeur, <HTA> traitée",
    "sans traitement depuis un mois, <douleur> abdominale",
    # Words that look like a denial.
    "pas d'amélioration de la <dyspnée>",
    "sans aucun doute une <pneumopathie>",
    "pas seulement une <dyspnée>",
    "<ventilation> non invasive",
    "<diabète> non équilibré",
    "<diabète> : pas de suivi régulier",
    "plus de 3 <CGR> transfusés",
    "tachycardie non négligeable, <fièvre>",
    "mise sous <oxygène> sans délai",
    "Hémocultures <positives> après 12 h",
    "<Dépistage> négatif à l'entrée puis positif le 12",
    # Doubt that is settled.
    "Suspicion d'<EP> confirmée au scanner",
    "<Endocardite> suspectée puis prouvée à l'ETO",
    "Facteurs de risque : HTA, <diabète>, tabac",
    # What is conditional is not what precedes it.
    "<Paracétamol> si douleur",
    "<Oxygène> si SpO2 < 90 %",
    # Boxes.
    "[x] <HTA> [ ] diabète [ ] AVC",
    "Allergies : [x] oui [ ] non    Précision : <cotrimoxazole>",
    "<Escarre> : ☑ Oui ☐ Non",
    "(x) <fumeur> ( ) non fumeur",
    "Syndrome confusionnel résolu. <Troubles de déglutition> persistants.",
    "Scanner cérébral sans injection : pas d'hémorragie, <leucopathie> vasculaire.",
    "Le patient décrit une <douleur> sans irradiation",
    "Pas d'EP visible à l'angioscanner mais foyer de <pneumopathie>",
    "<TVP> : oui",
    "DNID : NON / <HTA> : OUI",
    "Sa fille rapporte des <troubles mnésiques> depuis 6 mois",
    "Vu avec le fils : refus d'une <gastrostomie>",
    "Nouveau-né de mère diabétique, <hypoglycémie> à H2",
    "<Crise convulsive> non fébrile",
    "<Douleur thoracique> atypique, non reproductible",
    "<Insuffisance rénale> non dialysée",
    "Patient sans domicile fixe, <éthylisme> chronique",
    "<Pneumothorax> minime, non drainé",
    "<HTA> connue, non compliquée",
    "On retient le diagnostic d'<artérite>, sans embolie pulmonaire associée",
    "Pas de récidive de la <FA>",
]
NEGATED = [
    "Pas de <fièvre>, toux productive",
    "pas de fièvre, de <frissons> ni de sueurs",
    "sans fièvre, <toux> ou dyspnée",
    "sans fièvre, toux ou <dyspnée>",
    "ni fièvre ni <toux>",
    "ABSENCE DE FIEVRE ET DE <FRISSON>",
    "absence d'<épanchement> pleural",
    "Aucune <allergie> connue",
    "n'a jamais fait d'<accident veineux>",
    "Il ne présente ni <angor> ni syncope",
    "Elle ne se plaint pas de <douleur>",
    "n'a plus de <nausées>",
    "Plus d'<OMI>",
    "non <diabétique>",
    "Nie tabac, <alcool>, drogues",
    "Indemne de <cardiopathie>",
    "pas d'autre <fracture>",
    "pas de suspicion de <fracture>",
    "(pas de <saignement>)",
    "<OMI> absents",
    "<Souffle> : non",
    "<Fièvre> : 0",
    "<Tabac> : jamais",
    "<Hémocultures> : négatives",
    "Recherche de <C. difficile> négative",
    "<Allergies> : aucune connue",
    "<Héparine> non administrée",
    "la <fièvre> n'est pas retrouvée",
    "| <Diabète> | non |",
    "<Diabète>     NON",
    "<HTA> (-)",
    "<HTA> : [ ] oui [x] non",
    "<HTA> : oui ☐ non ☒",
    "[x] HTA [ ] <diabète> [ ] AVC",
    "signe de Murphy absent, pas de <défense>",
    "pas de <fievre>, pas de frisson (faute de frappe : fiévre)",
    "Au décours, le patient n'a pas présenté de <confusion> ni de chute.",
    "Au décours, le patient n'a pas présenté de confusion ni de <chute>.",
    "Pas de notion de <fausse route>, alimentation mixée.",
    "Scanner cérébral sans injection : pas d'<hémorragie>, leucopathie vasculaire.",
    "BU : leuco ++, <nitrites> négatifs",
    "Abdomen souple, dépressible, indolore, sans défense ni <contracture>",
    "MV symétrique sans <bruits surajoutés>",
    "RAS sur le plan neuro. Pas de <DSM>",
    "<Thrombose veineuse profonde> recherchée et non retrouvée",
    "Pas d'<EP> visible à l'angioscanner mais foyer de pneumopathie",
    "Bilan à la recherche d'une <néoplasie> : négatif",
    "Tabagisme sevré depuis 10 ans, pas d'<alcool>",
    "Pas d'<exogénose>",
    "HTA=0 ; <diabète>=0",
    "<DNID> : NON / HTA : OUI",
    "Pas vu de <méléna> ce jour",
    "Pas de <contre-indication> à la thrombolyse",
    "Aucun signe en faveur d'une <ischémie aiguë>",
    "<Fièvre> disparue, toux persistante",
    "<Sérologie VIH> négative, VHC en cours",
    "Recherche de <BK> négative x3",
]
RULED_OUT = [
    "<Embolie pulmonaire>, éliminée",
    "<embolie pulmonaire> (éliminée)",
    "dyspnée, <EP> éliminée",
    "Suspicion d'<EP> non confirmée",
    "Pas d'argument pour une <EP>",
    "aucun argument clinique en faveur d'une <méningite>",
    "Le scanner élimine une <EP>.",
    "L'IRM a permis d'éliminer une <compression médullaire>",
    "<AVC> écarté",
    "hypothèse d'<endocardite> non retenue",
    "<Tuberculose> : diagnostic infirmé",
    "<APLV> NON RETENUE",
    "L'<infarctus> n'a pas été confirmé",
    "Diagnostics éliminés : <dissection>, EP",
    "on exclut une <fracture>",
    "L'hypothèse d'une <maladie de Wilson> a été abandonnée.",
    "Diagnostic d'<amylose> récusé",
    "Absence d'argument pour un <rejet>",
    "pas dargument pour une <appendicite>",
]
HYPOTHETICAL = [
    "scanner pour éliminer une <EP>",
    "<EP> ?",
    "<EP> (?)",
    "<EP> à éliminer",
    "Suspicion de <TVP>",
    "suspicion clinique de <péritonite>",
    "<Pneumopathie> probable",
    "probable <pneumopathie> d'inhalation",
    "n'exclut pas une <embolie>",
    "ne permet pas d'écarter une <fracture>",
    "en cas de <fièvre> consulter",
    "Paracétamol si <douleur>",
    "Hypothèses : EP, <pneumopathie>",
    "<EP> vs pneumopathie",
    "EP vs <pneumopathie>",
    "risque de <chute> élevé",
    "à la recherche d'un <foyer infectieux>",
    "opacité évocatrice d'un <cancer>",
    "image compatible avec une <métastase>",
    "si pas de <fièvre> demain, sortie",
    "<Corticothérapie> à discuter",
    "<rivaroxaban> envisagé",
    "Éviter : <AINS>",
    "prévention de l'<ulcère>",
    "Signes d'alerte : fièvre, <saignement>",
    "crainte d'une <ischémie>",
    "<HTA> : [ ] oui [ ] non",
    "peu probable : <appendicite> ?",
    "Tableau clinique ne permettant pas d'exclure une <cholécystite>.",
    "<Infection urinaire> possible, à confirmer par ECBU",
    "Surveillance du risque de <syndrome de sevrage>",
    "Prévenir si T > 38, <saignement> ou douleur",
    "<Fracture du col> non exclue",
    "IRM pour éliminer une <spondylodiscite>",
    "<Méléna> ? hémoptysie ?",
]
SUBJECTS = [
    ("mère <diabétique>", "family", "mère"),
    ("une soeur <AVC> à 74 ans", "family", "soeur"),
    ("ATCD familiaux : père IDM à 50 ans ; mère <HTA>", "family", "mère"),
    ("Fam. : mère = phlébite ; frère = <goutte>", "family", "frère"),
    ("Antécédents familiaux :\n- <cancer> du sein", "family", ""),
    ("<AVC> chez la mère", "family", "mère"),
    ("<cancer du sein> (soeur)", "family", "soeur"),
    ("<cancer> de son père à 60 ans", "family", "père"),
    ("Sa mère est décédée d'un <cancer du côlon>", "family", "mère"),
    ("Grand-mère maternelle : maladie d'<Alzheimer>", "family", "grand-mère maternelle"),
    ("père, décédé d'un <infarctus>", "family", "père"),
    ("un fils allergique à l'<arachide>", "family", "fils"),
    ("L'<anaphylaxie> est celle de la mère", "family", "mère"),
    ("voisin de chambre : <grippe> A", "other", "voisin de chambre"),
    ("son jumeau a une <hypoglycémie>", "other", "son jumeau"),
    ("fille présente, <dyspnée> stable", "patient", ""),
    ("vit avec sa fille, <diabète>", "patient", ""),
    ("sa femme signale une <chute>", "patient", ""),
    ("sa mère signale une <fièvre> depuis hier", "patient", ""),
    ("<dépression> depuis le décès de son mari", "patient", ""),
    ("Mère asthmatique. <Eczéma> depuis la naissance.", "patient", ""),
    ("père diabétique ; patient <hypertendu>", "patient", ""),
    ("sa mère est diabétique, il a une <HTA>", "patient", ""),
    ("<hypercholestérolémie> familiale", "patient", ""),
    ("<pénicilline> (d'après sa mère)", "patient", ""),
    ("Personne de confiance : sa fille. <BPCO>", "patient", ""),
    ("ATCD familiaux : père IDM\nTabac : 20 PA, <HTA>", "patient", ""),
    ("accompagné par son épouse pour une <confusion>", "patient", ""),
    ("Pneumologue : mari, <asthme>", "patient", ""),
    ("antecedent de <phlebite> chez le pere et la soeur", "family", "pere"),
    ("Deux oncles paternels décédés d'un <cancer du pancréas>", "family", "oncles paternels"),
    ("Pas d'antécédent familial de <cancer du sein>", "family", ""),
    ("<Cancer du sein> chez une tante maternelle", "family", "tante"),
    ("Son mari a été hospitalisé pour <grippe> la semaine dernière", "family", "mari"),
    ("Mère : HTA, <DT2>. Père : RAS.", "family", "mère"),
]
CERTAINTIES = [
    ("<pneumopathie> probable", "probable"),
    ("tableau évocateur d'une <sarcoïdose>", "probable"),
    ("<pneumopathie> possible", "possible"),
    ("<EP> ?", "possible"),
    ("<pneumopathie>", "certain"),
    ("pas de <pneumopathie>", "certain"),
]
MOMENTS = [  # the document is of Monday 10 March 2025
    ("<AVC> en 2018, HTA", "2018"),
    ("AVC en 2018, <HTA>", "2025-03-10"),
    ("<urticaire> (2014)", "2014"),
    ("Le 06/03 : fièvre, <toux>", "2025-03-06"),
    ("<anaphylaxie>, le 12/09/2023", "2023-09-12"),
    ("<chute> hier soir", "2025-03-09"),
    ("<appendicectomie> à l'âge de 12 ans", ""),
    ("<FA> découverte en nov. 2023", "2023-11"),
    ("<apixaban> depuis le 15/02", "2025-03-10"),
    ("RDV le 20/03 ; <fatigue>", "2025-03-10"),
    ("Née le 12/03/1944, <diabète>", "2025-03-10"),
    ("Rappel (note du 04/03, copiée) :\n<Dyspnée> hier", "2025-03-03"),
    ("RAPPEL (COPIÉ NOTE DU 02.03)\n=====\nFièvre, <toux>", "2025-03-02"),
    ("[repris entrée] ATCD : <asthme>", ""),
    ("NOTE - J5 - lundi 10/03/25\n<Drain> retiré J2", "2025-03-07"),
    ("Biologie du 08/03 :\n<anémie> à 9 g", "2025-03-08"),
    ("Date | 08/03 | 09/03\nFièvre | non | <oui>", "2025-03-09"),
    ("<K> 3,2 hier, 3,7 ce jour", "2025-03-09"),
    ("TTT : <ALPRAZOLAM> jusqu'au 20/03", "2025-03-10"),
]
ONSETS = [
    ("<HTA> depuis 2004", "2004"),
    ("<dyspnée> depuis 3 semaines", "2025-02-17"),
    ("<apixaban> depuis le 15/02", "2025-02-15"),
    ("<HTA> traitée", ""),
]


def item(marked: str) -> tuple[Source, Line, int, int]:
    """Return the document, the line, and the span of what is marked."""
    start = marked.index("<")
    end = marked.index(">", start) - 1
    text = marked[:start] + marked[start + 1 : end + 1] + marked[end + 2 :]
    document = source(text)
    return document, next(line for line in document.lines if line.start <= start < line.end), start, end


@pytest.mark.parametrize("marked", AFFIRMED)
def test_affirmed(marked: str) -> None:
    assert polarity_of(*item(marked)) == "affirmed"


@pytest.mark.parametrize("marked", NEGATED)
def test_negated(marked: str) -> None:
    assert polarity_of(*item(marked)) == "negated"


@pytest.mark.parametrize("marked", RULED_OUT)
def test_ruled_out(marked: str) -> None:
    assert polarity_of(*item(marked)) == "ruled_out"


@pytest.mark.parametrize("marked", HYPOTHETICAL)
def test_hypothetical(marked: str) -> None:
    assert polarity_of(*item(marked)) == "hypothetical"


@pytest.mark.parametrize(("marked", "subject", "relative"), SUBJECTS)
def test_subject(marked: str, subject: str, relative: str) -> None:
    assert (subject_of(*item(marked)), relative_of(*item(marked))) == (subject, relative)


@pytest.mark.parametrize(("marked", "certainty"), CERTAINTIES)
def test_certainty(marked: str, certainty: str) -> None:
    assert certainty_of(*item(marked)) == certainty


@pytest.mark.parametrize(("marked", "moment"), MOMENTS)
def test_moment(marked: str, moment: str) -> None:
    assert effective_of(*item(marked)) == moment


@pytest.mark.parametrize(("marked", "onset"), ONSETS)
def test_onset(marked: str, onset: str) -> None:
    assert since_of(*item(marked)) == onset

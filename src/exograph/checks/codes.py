# SPDX-License-Identifier: Apache-2.0
"""Every code that a user can meet: title, meaning, cure; here those of the tables and checks.

``docs/codes.md`` is made from these, and a test fails when it lags. E is an error, which refuses a
build; W is a warning. Usual slips stand in ``codes_of_words`` and ``codes_of_evidence``,
what commands tell in ``codes_of_commands``.
"""

from __future__ import annotations

from exograph.checks.codes_of_commands import CODES_OF_COMMANDS, FAMILIES_OF_COMMANDS, Code
from exograph.checks.codes_of_evidence import CODES_OF_EVIDENCE
from exograph.checks.codes_of_words import CODES_OF_WORDS

_FAMILIES_OF_TABLES = {
    "E1": "Form of the files",
    "E2": "Vocabulary and references",
    "E3": "Identity",
    "E4": "Kinds and structure",
    "E5": "Quotes",
    "E6": "Statements",
    "E7": "Numbers",
    "E8": "Mechanisms, comparisons, conflicts",
    "E9": "Labels, and the graph as a whole",
}

_CODES_OF_TABLES: dict[str, Code] = {
    "E101": Code(
        "file missing or unreadable",
        "A source needs source.toml, entities.tsv, statements.tsv and references.tsv. A table that "
        "is there must be a readable file: no folder, pipe, or link that leads nowhere.",
        "Add the file; a table may consist of its header only.",
    ),
    "E102": Code(
        "byte order mark",
        "The file begins with a BOM, which would become part of the first column's name.",
        "Save it as UTF-8 without BOM.",
    ),
    "E103": Code(
        "not UTF-8",
        "The bytes are no UTF-8; the message says what they look like (GBK, UTF-16 and so on).",
        "Convert the file with iconv, or save it as UTF-8.",
    ),
    "E104": Code(
        "CR LF or CR",
        "Lines end as on Windows or an old Mac; git would show every line as changed.",
        "End lines in LF.",
    ),
    "E105": Code("empty file", "The file has no header line.", "Write the header line."),
    "E106": Code(
        "column missing",
        "The header lacks a column of this table.",
        "Add it to the header and to each row.",
    ),
    "E107": Code(
        "unknown column",
        "The header has a column that this table does not have; nothing would read it.",
        "Rename or remove it.",
    ),
    "E108": Code("column twice", "The header names one column twice.", "Keep one of them."),
    "E109": Code(
        "unknown table",
        "The name resembles a table, but is none of them (Remarks.TSV, attributes.csv), so "
        "nothing would read it.",
        "Save its rows in the table that is meant, or delete it.",
    ),
    "E110": Code(
        "too few cells", "A row has fewer cells than the header.", "Add the missing tabs."
    ),
    "E111": Code(
        "too many cells", "A row has more cells than the header.", "Remove the tabs too many."
    ),
    "E112": Code("blank line", "A line holds nothing, or only white space.", "Delete it."),
    "E113": Code(
        "invisible characters",
        "A cell holds control or format characters, such as a zero-width space.",
        "Delete them.",
    ),
    "E114": Code(
        "white space around a cell",
        "A cell begins or ends with white space, so it would not match its like.",
        "Remove it.",
    ),
    "E115": Code(
        "not in normal form C",
        "A letter is written as base and combining mark; the same word exists in two spellings.",
        "Convert the file to NFC.",
    ),
    "E116": Code(
        "empty value in a list",
        "A list has two bars in a row, a bar at an end, or blanks beside one.",
        "Write a single | between values.",
    ),
    "E117": Code("value twice in a list", "A list names a value twice.", "Name it once."),
    "E118": Code(
        "required cell empty", "A cell that each row needs is empty.", "Fill it; see graphs/README."
    ),
    "E119": Code(
        "columns of another table",
        "The header is that of another table: two files were exchanged, or one has a wrong name.",
        "Put each table under its own name.",
    ),
    "E120": Code(
        "broken source.toml", "The file is no TOML from this line on.", 'Write: key = "value".'
    ),
    "E121": Code(
        "key missing",
        "source.toml lacks a key. A source of quotes also needs text and text_sha256.",
        "Add the key.",
    ),
    "E122": Code(
        "wrong value in source.toml", "A key has a value of another form.", "Write what is asked."
    ),
    "E123": Code(
        "unknown key", "source.toml has a key that nothing reads.", "Rename or remove it."
    ),
    "E124": Code(
        "folder is no slug",
        "The folder's name is the id of the source, and ids are slugs.",
        "Rename it: lower-case letters, digits, single hyphens.",
    ),
    "E201": Code(
        "unknown type",
        "The type is no kind of the vocabulary. No usual word for one, either.",
        "Choose one of the kinds.",
    ),
    "E202": Code(
        "unknown predicate", "The vocabulary has no such predicate.", "Choose one that it has."
    ),
    "E203": Code(
        "unknown entity",
        "A cell names an entity that no entities.tsv lists.",
        "Mend the id, or add the entity.",
    ),
    "E204": Code(
        "unknown reference",
        "A cell names a reference that no references.tsv lists.",
        "Mend the id, or add the reference.",
    ),
    "E205": Code(
        "unknown section",
        "The section is not among those of the row's source.",
        "Mend it, or add it to the sections in source.toml.",
    ),
    "E206": Code(
        "value outside its list",
        "The column takes values of a closed list only.",
        "Use one of the values named.",
    ),
    "E207": Code("unknown attribute", "The vocabulary has no such attribute.", "Choose another."),
    "E208": Code("unknown unit", "The unit is none of the UCUM codes in use.", "Use one of them."),
    "E209": Code(
        "desired direction malformed",
        "The cell does not read up@reference or down@reference.",
        "Give the direction, and the reference that says so.",
    ),
    "E210": Code(
        "unknown mechanism",
        "A step belongs to a mechanism that mechanisms.tsv does not list.",
        "Mend the id, or add the mechanism.",
    ),
    "E301": Code(
        "id is no slug",
        "Ids are lower-case ASCII letters, digits and single hyphens inside.",
        "Write it so; the label keeps the usual spelling.",
    ),
    "E302": Code(
        "look-alike characters in an id",
        "An id holds characters outside ASCII, such as a Cyrillic а that looks like a.",
        "Type the id with plain letters.",
    ),
    "E303": Code("entity id twice", "Two rows define one entity.", "Rename or delete one."),
    "E304": Code("reference id twice", "Two rows define one reference.", "Rename or delete one."),
    "E305": Code("mechanism id twice", "Two rows define one mechanism.", "Rename or delete one."),
    "E306": Code("repeated row", "A row says again what another row says.", "Delete one."),
    "E307": Code("remark id twice", "Two rows define one remark.", "Rename or delete one."),
    "E308": Code(
        "no CURIE",
        "An outside identifier does not read prefix:identifier.",
        "Write HGNC:9588, say.",
    ),
    "E309": Code(
        "unknown prefix",
        "The prefix of a CURIE is not in ontology/prefixes.tsv, so it has no IRI.",
        "Mend it, or add the prefix with its IRI.",
    ),
    "E310": Code(
        "exact match of two entities",
        "Two entities claim to be the same outside thing, so they would be merged.",
        "Keep it with one; the other has a close_match, or is the same entity.",
    ),
    "E311": Code(
        "malformed publication identifier", "The cell is no DOI, PMID or PMCID.", "Write it bare."
    ),
    "E312": Code(
        "reference number twice",
        "Two references of one source have one number, so [38] would mean either.",
        "Give each the number under which its source lists it.",
    ),
    "E351": Code(
        "identifier not seen in a source",
        "ontology/extracts/identifiers.tsv has the terms that were seen in files of other "
        "databases; this is none of them. The number of a trial must be among its names.",
        "Mend it, or take the term in by tools/identifiers.py; no identifier is a good answer.",
    ),
    "E352": Code(
        "obsolete identifier",
        "The database has given the term up.",
        "Take the term in its place, or none.",
    ),
    "E353": Code(
        "identifier of another kind of thing",
        "A gene has no GO term, a cell no UBERON term, a tissue no process.",
        "Give a term for this kind of thing, or none.",
    ),
    "E354": Code(
        "micro-RNA mixed up",
        "Precursor (MI) and mature form (MIMAT) are different things, as are the arms -3p and -5p; "
        "a name without an arm does not tell which mature form is meant.",
        "With an arm: the MIMAT of that arm. Without: the precursor as a close_match.",
    ),
    "E355": Code(
        "RNase complex for a vesicle",
        "GO:0000178 is the exosome that degrades RNA within the cell.",
        "The vesicle is GO:0070062.",
    ),
    "E356": Code(
        "identifier of another species",
        "The term is not of the species in the column 'species', which is human if empty.",
        "Give the term of that species, or mend the column.",
    ),
    "E357": Code(
        "ortholog as exact match",
        "A mouse or rat gene is not the human gene.",
        "Make it a close_match.",
    ),
    "E358": Code(
        "gene as exact match of a group",
        "A family, a complex or a modified form is not a single gene.",
        "Make it a close_match.",
    ),
    "E341": Code(
        "identifier without its finding",
        "identifiers.sssom.tsv does not say how the identifier was found.",
        "Add the row; tools/identifiers.py writes it.",
    ),
    "E342": Code(
        "finding without its identifier",
        "A row of identifiers.sssom.tsv is about a match that entities.tsv does not have.",
        "Add the match, or delete the row.",
    ),
    "E343": Code(
        "finding told wrongly",
        "A label or version in identifiers.sssom.tsv is not that of the entity or the term.",
        "Look whether it is the right term; tools/identifiers.py mends labels.",
    ),
    "E344": Code(
        "nothing found, and something",
        "sssom:NoTermFound stands beside an identifier of the same entity.",
        "Delete one of the two.",
    ),
    "E401": Code(
        "subject of a wrong kind",
        "The predicate does not take a subject of this kind.",
        "Choose another predicate, or the entity that is meant.",
    ),
    "E402": Code(
        "object of a wrong kind",
        "The predicate takes no such object: a process is promoted, not upregulated.",
        "Choose another predicate, or the entity that is meant.",
    ),
    "E403": Code(
        "kind in a wrong column",
        "A column of context, method or species holds an entity of another kind.",
        "Move it to the column for its kind.",
    ),
    "E404": Code(
        "self loop", "Subject and object are the same entity.", "Name the form that is meant."
    ),
    "E405": Code(
        "cycle",
        "variant_of, is_a, form_of or member_of comes back to where it began.",
        "Turn or delete one row of the circle.",
    ),
    "W401": Code(
        "modified vesicle without its plain one",
        "A preconditioned, engineered or loaded vesicle has no variant_of.",
        "Add the row, so that the two are not mixed up.",
    ),
    "E501": Code(
        "quote not in the text",
        "The quote is no contiguous part of the source's text, white space aside.",
        "Copy it again; the message shows the nearest passage and where it differs.",
    ),
    "E502": Code(
        "text missing",
        "The folder of texts does not hold the file that source.toml names, or not as UTF-8.",
        "Put it there, or mend the name.",
    ),
    "E503": Code(
        "text changed",
        "The text's SHA-256 is not the one in source.toml: quotes may be of another edition.",
        "Get the right text, or read it anew and write the new digest.",
    ),
    "E504": Code(
        "quote needed",
        "A stated or derived row of a source of quotes has none.",
        "Quote the words, or call the row inferred and say why.",
    ),
    "E505": Code(
        "paraphrase needed",
        "A stated or derived row of a source of paraphrases has none.",
        "Say in your own words what the section says.",
    ),
    "E506": Code(
        "quote in a source of paraphrases",
        "Such a source has no text to prove a quote in.",
        "Move it to the paraphrase, or make the source one of quotes.",
    ),
    "W501": Code(
        "quotes not proven again",
        "No folder of texts was given, so the quotes stand unproven in this run.",
        "Give it with --texts DIR or EXOGRAPH_TEXTS.",
    ),
    "W502": Code(
        "long quote", "A quote of more than 200 characters says many things.", "Shorten it."
    ),
    "W503": Code(
        "quote shared by many",
        "More than eight rows lean on one quote.",
        "Give each row the part that says it.",
    ),
    "W504": Code(
        "verbatim not in the text",
        "The source's own characters of a value are not in its text as one piece.",
        "Copy them again.",
    ),
    "W505": Code(
        "sentence not accounted for",
        "No row quotes this sentence of the text, and coverage.tsv does not say why. Told once all "
        "quotes of the source are in its text.",
        "Add the rows, or a row to coverage.tsv with the reason.",
    ),
    "W506": Code(
        "reason that explains nothing",
        "A row of coverage.tsv touches no whole clause, or a sentence that other rows explain.",
        "Delete it, or quote the sentence that is meant.",
    ),
    "E601": Code(
        "inferred without note",
        "An inference of the curator must say what it rests on.",
        "Write the note.",
    ),
    "E602": Code(
        "effect does not fit the predicate",
        "Only an effect can be reversed or maintained; only a signed one can be attenuated.",
        "Choose a predicate that tells what happens in the end.",
    ),
    "E603": Code(
        "null without an effect",
        "'Looked for and not found' is said of effects only.",
        "Use refutes where the source denies a relation.",
    ),
    "E701": Code(
        "not a number",
        "The cell is no number, no whole one, or longer than any that a source gives.",
        "Write digits.",
    ),
    "E702": Code(
        "number not in the verbatim",
        "The verbatim does not give this number; powers of ten are understood.",
        "Copy both from the source.",
    ),
    "E703": Code(
        "numbers out of order", "low is above high, or an error is below zero.", "Exchange them."
    ),
    "E704": Code("unit missing", "A numeric attribute has no unit.", "Write a UCUM code."),
    "E705": Code("value missing", "An attribute says nothing.", "Fill a value or text_value."),
    "E801": Code(
        "step without a claim",
        "No statement supports a step of a mechanism.",
        "Add the statement first.",
    ),
    "E802": Code(
        "step that is not walked",
        "Paths do not walk over this predicate, so it cannot be a step.",
        "Use a predicate that they walk.",
    ),
    "E803": Code(
        "gap",
        "A step lies on no route from start to end, or there are no steps.",
        "Add what is missing, or leave the step out.",
    ),
    "E804": Code(
        "cycle in a mechanism",
        "The steps go round in a circle.",
        "Leave out the one that closes it.",
    ),
    "E805": Code(
        "layers out of order",
        "Layers begin at 1 and rise along each route; equal layers are in parallel.",
        "Number them anew.",
    ),
    "E806": Code(
        "wrong sign",
        "The product of the signs along each route must be the mechanism's; ? if one has none.",
        "Mend the sign or the steps.",
    ),
    "E807": Code(
        "step not told by the reference",
        "A mechanism is one reference's story, but another reference supports this effect.",
        "Leave the step out, or split the story.",
    ),
    "W801": Code(
        "support was retracted",
        "A step of a mechanism, or a side of a conflict, rests on retracted papers only; these "
        "support nothing.",
        "Leave it out, or cite a paper that holds.",
    ),
    "E851": Code(
        "comparison without a claim", "No statement makes the claim compared.", "Name one that is."
    ),
    "W851": Code(
        "primary paper counted apart",
        "A reference and the primary paper that it was compared with have different studies, so "
        "that they count twice, and a notice on one is none on the other.",
        "Write the study of the paper as the study of the reference.",
    ),
    "E852": Code(
        "conflict without a claim", "No statement makes one of the two.", "Name one that is."
    ),
    "E853": Code(
        "no conflict",
        "The two claims are not of opposite signs on one object, nor a claim and its denial.",
        "Mend the row or delete it.",
    ),
    "W854": Code(
        "contradiction not curated",
        "Statements about the same two entities contradict each other: opposite signs, or an "
        "effect and its denial; conflicts.tsv has no row for them.",
        "Add a row: the two claims, and the context that explains them, or a note.",
    ),
    "W901": Code("label twice", "Two entities have one label.", "Say what tells them apart."),
    "W902": Code(
        "entity never used", "No other row names the entity.", "Delete it, or say what is known."
    ),
    "W903": Code(
        "English label in Chinese", "The English label holds Chinese characters.", "Translate it."
    ),
    "W904": Code(
        "Chinese label in English", "The Chinese label consists of English words.", "Translate it."
    ),
    "E951": Code(
        "shape violated",
        "The graph violates a shape of ontology/shapes.ttl.",
        "See the message; the row is named where it is known.",
    ),
    "W951": Code("shape advises", "A shape of the severity Warning or Info.", "See the message."),
    "E952": Code(
        "check violated",
        "A query of ontology/checks found a row, and must find none.",
        "See the cure in the query's file.",
    ),
    "E953": Code(
        "check unusable",
        "A file of ontology/checks has no message, no cure, or a query that does not run.",
        "Mend the file.",
    ),
}

CODES = _CODES_OF_TABLES | CODES_OF_WORDS | CODES_OF_EVIDENCE | CODES_OF_COMMANDS
_FAMILIES = _FAMILIES_OF_TABLES | FAMILIES_OF_COMMANDS


def markdown() -> str:
    """The page ``docs/codes.md``."""
    parts = [
        "# Codes of problems",
        "Made from `src/exograph/checks/codes*.py`. E refuses a build, W "
        "warns; these are told as `FILE:LINE: CODE message cure`. E0, S, X, Q, P and U are told by "
        "commands, as `CODE: message cure`, or as one JSON object with `--json`; H and some of the "
        "others by the server, as text or JSON; A by the server of assistants, and by "
        "`exograph.client`.",
    ]
    for family, title in _FAMILIES.items():
        codes = [f"- **{code}** {c.title}. {c.meaning} *{c.cure}*" for code, c in _of(family)]
        parts.append(f"## {title}\n\n" + "\n".join(codes))
    return "\n\n".join(parts) + "\n"


def _of(family: str) -> list[tuple[str, Code]]:
    """Codes by the first two characters; warnings stand with the errors of their number."""
    return [(code, c) for code, c in CODES.items() if code.replace("W", "E")[:2] == family]

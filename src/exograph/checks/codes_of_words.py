# SPDX-License-Identifier: Apache-2.0
"""Codes of a curator's usual slips with words, ids, names and places; the message has the word."""

from __future__ import annotations

from exograph.checks.codes_of_commands import Code

CODES_OF_WORDS: dict[str, Code] = {
    "E125": Code(
        "date in another form",
        "The date of source.toml reads 2026/5/1 or the like.",
        "Write it as year-month-day with two digits each; the message has it.",
    ),
    "E126": Code(
        "commas between the columns",
        "The table was saved with commas, semicolons or bars in place of tabs.",
        "Save it with tabs, without quotation marks around the cells.",
    ),
    "E127": Code(
        "tabs turned into spaces",
        "An editor has put runs of spaces where tabs stood.",
        "Put the tabs back, and tell the editor to keep them.",
    ),
    "E128": Code(
        "failure of a spreadsheet",
        "A cell holds #N/A, #REF! or the like: a formula failed before the table was saved.",
        "Write what was meant.",
    ),
    "E211": Code(
        "word of a direction as predicate",
        "The predicate is a word such as increase, stimulates or +, and no term. Which term is "
        "meant hangs on the object's kind; the message names it.",
        "Write upregulates for a molecule, activates for a pathway, promotes for a process, "
        "increases for a quantity; or their opposites.",
    ),
    "E212": Code(
        "unit that is not written in UCUM",
        "The unit is a usual one, but spelled as in a text: ℃, weeks, nM for nm.",
        "Write the code that the message names.",
    ),
    "E213": Code(
        "value in the wrong column",
        "The value belongs to the closed list of another column, such as in_vivo in method.",
        "Move it.",
    ),
    "E214": Code(
        "value in another spelling",
        "The value is one of the list, but with capitals, blanks, or in another language.",
        "Write it as the list has it; the message does.",
    ),
    "E215": Code(
        "role as type",
        "Source, Cargo, Marker and Target are roles that the claims give; a thing has several.",
        "Give the kind: what the thing is, not what it does.",
    ),
    "E216": Code(
        "another word for a type",
        "The type is a usual word, such as Protein or miRNA, for a kind of the vocabulary.",
        "Write the kind that the message names.",
    ),
    "E217": Code(
        "section in another spelling",
        "The section reads Section 3.1 or Table 1, and source.toml has 3.1 or table1.",
        "Write it as source.toml has it.",
    ),
    "E218": Code(
        "list without bars",
        "Several ids stand in a cell with ；、, or a comma between them.",
        "Divide them by |.",
    ),
    "E219": Code(
        "name in place of an id",
        "The cell holds a label or synonym of an entity; names may be shared and may change.",
        "Write the id that the message names.",
    ),
    "E220": Code(
        "number in place of a reference",
        "The cell holds 38 or [38]; two sources may number their references alike.",
        "Write the id, such as review-38.",
    ),
    "E221": Code(
        "several where one goes",
        "A subject, object or reference is a list. One row is one fact of one reference.",
        "Write a row for each.",
    ),
    "E222": Code(
        "id in another spelling",
        "The id has capitals, blanks, underscores or quotation marks that it does not have.",
        "Write it as its own table has it.",
    ),
    "E223": Code(
        "passive predicate",
        "A relation is told by who acts: secretes, not is_secreted_by.",
        "Exchange subject and object, and write the active term.",
    ),
    "E224": Code(
        "look-alike characters in a cell of ids",
        "A known id is written with a character that only looks like the right one.",
        "Type it with plain letters.",
    ),
    "E225": Code(
        "word for nothing",
        "The cell says NA, none, unknown or a dash. A program would take it for a value.",
        "Leave it empty.",
    ),
    "E226": Code(
        "another word for an attribute",
        "The attribute is a usual word, such as diameter or dosage.",
        "Write the one that the message names.",
    ),
    "E227": Code(
        "another word for a predicate",
        "The predicate is a usual word for a relation, such as contains or derived from.",
        "Write the term that the message names.",
    ),
    "E228": Code(
        "reference and section exchanged",
        "The reference is a section of the source, and the section a reference.",
        "Exchange the two cells.",
    ),
    "E229": Code(
        "cells slipped by a column",
        "Three or more values stand in the column beside their own: a tab is missing or too many.",
        "Count the tabs before the first of them.",
    ),
    "E331": Code(
        "link around an identifier",
        "The cell holds https://doi.org/, doi: or PMID: with the identifier.",
        "Write the identifier alone.",
    ),
    "E332": Code(
        "identifier in the wrong column",
        "A PMID stands in the column of DOIs, or the like.",
        "Move it.",
    ),
    "E333": Code(
        "PMCID without PMC",
        "The cell has digits only, so it could be a PMID.",
        "Write PMC before them, after a look at which it is.",
    ),
    "E334": Code(
        "DOI with a full stop",
        "The DOI was copied with the mark that ends its sentence.",
        "Drop the mark.",
    ),
    "E335": Code(
        "two references, one publication",
        "Two references of a source have one DOI, PMID or PMCID, but not one study: the paper "
        "would count twice.",
        "Mend the wrong one, or give both the same study.",
    ),
    "E336": Code(
        "number and id disagree",
        "The reference review-38 has the number 39, say.",
        "Mend the one that is wrong.",
    ),
    "E337": Code(
        "more than the first author",
        "The cell holds et al., or several names.",
        "Write the first family name.",
    ),
    "W331": Code(
        "citation without number",
        "A cited reference has no number, though its source numbers them: no quote can be compared "
        "with the number beside it.",
        "Write the number.",
    ),
    "E411": Code(
        "subject and object exchanged",
        "The kinds fit the predicate if the row is turned.",
        "Turn it.",
    ),
    "E412": Code(
        "predicate for another kind of object",
        "A gene is promoted, or a process upregulated: the sign may be right, the term is not.",
        "Write the term for the object's kind; the message names it.",
    ),
    "E413": Code(
        "process and phase mixed up",
        "part_of_phase names a process where a healing phase goes, or two phases.",
        "Name the phase; between phases, write precedes.",
    ),
    "E414": Code(
        "entity in another column's place",
        "The kind has a column of its own: a cell stands in tissue, an organism in model.",
        "Move it to the column that the message names.",
    ),
    "E416": Code(
        "plain vesicle treated",
        "Preconditioning, engineering or loading is said of a vesicle that others are variants of.",
        "Say it of the variant; a treated vesicle is an entity of its own.",
    ),
    "E417": Code(
        "variant of another source's vesicle",
        "The cells that secrete the variant are not those that secrete the plain vesicle.",
        "Name the plain vesicle of the same cells.",
    ),
    "E418": Code(
        "kind of another kind",
        "is_a joins a cell and an organism, say: no thing of the one type is of the other.",
        "Name the broader thing of the same type.",
    ),
    "E419": Code(
        "form_of turned",
        "The modified form is the form; the row calls the protein a form of it.",
        "Turn the row.",
    ),
    "W411": Code(
        "vesicles called exosomes",
        "A product whose name says EV is made a kind of exosome.",
        "Name the entity of vesicles above it.",
    ),
    "W412": Code(
        "vesicle of two kinds of cells",
        "Two cells that are no kinds of each other secrete one vesicle.",
        "Make it two entities: what was found on the one is not shown for the other.",
    ),
    "W413": Code(
        "finding copied to the plain vesicle",
        "One quote gives a finding both to a variant and to its plain vesicle.",
        "Keep the row of the one that the text names.",
    ),
    "W911": Code(
        "synonym of two entities",
        "A synonym is the label or a synonym of another entity: a search would lead to both.",
        "Keep it with the one that is meant.",
    ),
    "W912": Code("label as synonym", "A synonym repeats the label.", "Delete it."),
    "W913": Code(
        "labels exchanged",
        "The English label is Chinese, and the Chinese one English.",
        "Exchange the two cells.",
    ),
    "W914": Code(
        "full width in an English label",
        "Brackets or commas of Chinese text stand in the English label.",
        "Write them as in English.",
    ),
    "W915": Code(
        "one name in two spellings",
        "Two entities of a type have labels that differ in hyphens, capitals, Greek letters or a "
        "plural s only.",
        "Use one of them, or say what tells them apart.",
    ),
    "W916": Code(
        "label of another microRNA or trial",
        "The digits of the id are not those of the label: a row was copied and half changed.",
        "Mend the id or the label.",
    ),
    "W917": Code(
        "type that the name denies",
        "A label such as miR-21, p-ERK or NCT01234567 stands with another type than its form says.",
        "Write the type that the message names, if the thing is one.",
    ),
    "W918": Code(
        "name changed by a spreadsheet",
        "The label looks like a date or a large number, as spreadsheets make of SEPT2 or MARCH1.",
        "Write the name itself.",
    ),
    "W921": Code(
        "description in one language",
        "An entity has a description in English or in Chinese, but not in both.",
        "Translate it, or delete it.",
    ),
    "W922": Code(
        "Chinese description without Chinese",
        "The cell description_zh holds no Chinese character.",
        "Write it in Chinese; the English one stands in description.",
    ),
    "W923": Code(
        "English description in Chinese",
        "The cell description holds Chinese characters.",
        "Write it in English; the Chinese one stands in description_zh.",
    ),
}

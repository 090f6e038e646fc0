# SPDX-License-Identifier: Apache-2.0
"""Codes of a curator's usual slips with quotes, statements, numbers and mechanisms."""

from __future__ import annotations

from exograph.checks.codes_of_commands import Code

CODES_OF_EVIDENCE: dict[str, Code] = {
    "E421": Code(
        "organism that is not the model's",
        "The model is of one species, and the organism of the row another.",
        "Write the species of the model, or name the right model.",
    ),
    "E422": Code(
        "clinical evidence from animals",
        "evidence_kind is clinical, but no human is among the organisms.",
        "Write in_vivo, or mend the organism.",
    ),
    "W414": Code(
        "organism that is not the cell's",
        "The cell line is of one species, and the organism of the row another, without a model.",
        "Write the cell's species, or name the model that received the cells.",
    ),
    "W415": Code(
        "animal model in vitro",
        "evidence_kind is in_vitro, but the row names an animal model.",
        "Write in_vivo, or drop the model from the rows of the cell culture.",
    ),
    "E511": Code(
        "quote with other digits",
        "The quote is in the text but for its digits: the worst slip, since it still reads well.",
        "Copy the digits again; the message shows the passage.",
    ),
    "E512": Code(
        "quote with other marks",
        "The quote is in the text but for punctuation, width, capitals or dashes.",
        "Copy it as it stands.",
    ),
    "E513": Code(
        "quote pieced together",
        "The quote joins two passages with dots. A reader could not see what was left out.",
        "Quote one piece, or the whole passage.",
    ),
    "E514": Code(
        "citation left out of a quote",
        "The quote would be in the text if a citation such as [38] inside it were not dropped.",
        "Copy it with the citation, or end before it.",
    ),
    "E515": Code(
        "quote translated",
        "The quote is in another language than the text, and nothing in the text is like it.",
        "Quote the text's own words; translations belong in a note.",
    ),
    "W511": Code(
        "quote of another section",
        "The quote stands in the text, but under the heading of another section.",
        "Write the section where it stands; the message names it.",
    ),
    "W512": Code(
        "reference that the sentence does not cite",
        "The sentence of the quote cites other numbers than the row's reference has.",
        "Write the reference whose number stands beside the quote.",
    ),
    "E611": Code(
        "no effect refuted",
        "A row refutes no_effect_on: two negations for an effect.",
        "Write the effect, with supports.",
    ),
    "E612": Code(
        "same words for and against",
        "Two rows with the same claim, reference, words and context differ in their stance.",
        "Keep the one that the words say.",
    ),
    "E613": Code(
        "same words, both directions",
        "Two rows give one subject and object a + and a − from the same words.",
        "Keep the direction that the words give.",
    ),
    "E614": Code(
        "aspect of a thing that has none",
        "mRNA or protein of a process, or the protein of an RNA.",
        "Leave the aspect empty, or name the molecule that was measured.",
    ),
    "W611": Code(
        "hedged words, asserted row",
        "The words say may or 可能, the certainty is asserted.",
        "Write hedged.",
    ),
    "W612": Code(
        "negative words, supporting row",
        "The quote says did not or 未影响, the stance is supports.",
        "Write null or refutes, or shorten the quote to the part that supports.",
    ),
    "W613": Code(
        "quote of the other direction",
        "All words of direction in the quote go up and the predicate down, or the reverse.",
        "Turn the predicate, or quote the words that give the direction.",
    ),
    "W614": Code(
        "unfinished cell",
        "A text holds TODO, TBD, ?? or 待定.",
        "Finish it.",
    ),
    "W615": Code(
        "edge from one of several mediators",
        '"By raising X and Y it promotes Z" does not say that X alone promotes Z.',
        "Delete the row; X, Y and Z are effects of the subject.",
    ),
    "W616": Code(
        "attenuated induction turned",
        "The quote lessens a rise, but the predicate is one of rising.",
        "Write the predicate of what happens in the end: downregulates, with attenuates_induction.",
    ),
    "W617": Code(
        "affirming words, denying row",
        "The words of the quote go the way of the predicate without a not, the row denies it.",
        "Write supports, or quote the words that deny.",
    ),
    "W618": Code(
        "quote about another",
        "The quote names vesicles or molecules of the kind of the row's own, but not these, nor "
        "what they are a kind or variant of: a row was copied and half changed.",
        "Write the one that the quote names, or quote the words that name the row's.",
    ),
    "W619": Code(
        "sentence about another vesicle",
        "The quote names no vesicle, but its sentence does: not the subject of the row, nor what "
        "it is a kind or variant of.",
        "Write the one that the sentence is about.",
    ),
    "E711": Code("commas between thousands", "The number reads 1,200.", "Write the digits alone."),
    "E712": Code(
        "number in full width",
        "The digits are those of Chinese text, or the minus is a dash.",
        "Type them in plain digits.",
    ),
    "E713": Code("range as value", "The cell holds 50-150.", "Use the columns low and high."),
    "E714": Code("unit with the number", "The cell holds 100 nm.", "Use the column unit."),
    "E715": Code(
        "sign of approximation with the number",
        "The cell holds ~100 or 约100.",
        "Use the column qualifier: approx, lt or gt.",
    ),
    "E716": Code(
        "error with the value", "The cell holds 140 ± 35.5.", "Use the columns value and error."
    ),
    "E717": Code(
        "year out of range",
        "The year is before 1900, or more than one after the date of the tables.",
        "Copy it from the source.",
    ),
    "E718": Code("more than 100 %", "A share is above 100 %.", "Copy it from the source."),
    "E719": Code("power of ten", "The cell holds 1×10^7.", "Write 1E7."),
    "E720": Code("decimal comma", "The cell holds 165,4.", "Write 165.4."),
    "E721": Code("number in brackets", "The cell holds [38].", "Write 38."),
    "E722": Code("date as year", "The cell holds a month or a day, too.", "Write the year alone."),
    "E723": Code(
        "unit of another dimension",
        "A size is given in weeks, say, or an enrolment in nm: cells have slipped.",
        "Write a unit that measures the attribute.",
    ),
    "E724": Code(
        "unit that is not the source's",
        "The verbatim names another unit of the same dimension.",
        "Write that one.",
    ),
    "E725": Code(
        "value outside its range", "value is not between low and high.", "Copy the three again."
    ),
    "E726": Code("part of a person", "An enrolment is no whole number.", "Copy it again."),
    "W711": Code(
        "error greater than the value",
        "That may be, but often the two were exchanged.",
        "Look at the source.",
    ),
    "W712": Code(
        "sign of approximation left out",
        "The verbatim says 约, 小于 or about, and the qualifier is empty.",
        "Write approx, lt or gt.",
    ),
    "W713": Code("error left out", "The verbatim has ±, the row no error.", "Write it."),
    "E811": Code(
        "layer left out",
        "The layers of a mechanism jump, from 2 to 4 say.",
        "Add the step that was forgotten, or number on.",
    ),
    "E812": Code("start is end", "A mechanism ends where it starts.", "Name its end."),
    "E813": Code(
        "start and end exchanged",
        "The steps lead from the end to the start.",
        "Exchange the two cells.",
    ),
    "E814": Code(
        "mechanism told twice",
        "Two mechanisms have the same reference and steps.",
        "Delete one, or mend the steps that were copied.",
    ),
}

# SPDX-License-Identifier: Apache-2.0
"""The codes that commands and functions give when they cannot do what was asked.

S, X, Q, P, H, A and U name the part of the program; E0 is told wherever an entity is named or a
build is asked for. ``exograph.checks.codes`` joins them with the codes of the tables.
"""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    title: str
    meaning: str
    cure: str


FAMILIES_OF_COMMANDS = {
    "E0": "Asking",
    "S1": "Snapshots: what a build leaves on disk",
    "X1": "RDF and ontology",
    "X3": "Exports",
    "I1": "Imports: files",
    "I2": "Imports: nodes and edges",
    "I3": "Imports: names",
    "N1": "New papers",
    "Q2": "SPARQL queries",
    "Q3": "Shipped examples",
    "Q4": "Stores of others",
    "P1": "Paths",
    "M1": "Routes on Spark",
    "H1": "The server",
    "A1": "Assistants, and programs that ask a server",
    "U0": "Command line and machine",
}

CODES_OF_COMMANDS: dict[str, Code] = {
    "E001": Code(
        "errors in the tables",
        "A build was asked for, but the tables have errors. Nothing on disk was changed.",
        "Mend the lines that are named.",
    ),
    "E002": Code(
        "no such entity",
        "No entity has this id, label, synonym or CURIE.",
        "Take one of the suggestions, or look with `exograph search`.",
    ),
    "E003": Code(
        "ambiguous name",
        "Several entities or references are called so, and none better than the others.",
        "Use the id of the one that is meant.",
    ),
    "S101": Code(
        "records unusable",
        "kb.json is whole, but this version cannot read it: another format, or not our JSON.",
        "Run `exograph build`.",
    ),
    "S102": Code(
        "arrays unusable",
        "The arrays that paths are searched in cannot be read, or contradict each other.",
        "Run `exograph build`.",
    ),
    "S103": Code(
        "triples unreadable",
        "The store cannot read the N-Quads, or the store on disk.",
        "Run `exograph build`.",
    ),
    "S104": Code(
        "another build is running",
        "Another process has been building in this home for longer than a build takes.",
        "Wait until it is done, or name another folder with --home.",
    ),
    "S105": Code(
        "home cannot be written",
        "The folder for snapshots cannot be made or written, or the disk is full.",
        "Name another one with --home or EXOGRAPH_HOME, or make room.",
    ),
    "S106": Code(
        "snapshot damaged",
        "A file of the snapshot is missing, or is no longer the one that was written.",
        "Run `exograph build`.",
    ),
    "S107": Code(
        "tables changed meanwhile",
        "A file was saved while the build read the tables. Nothing on disk was changed.",
        "Run the command again.",
    ),
    "S108": Code(
        "build contradicts itself",
        "What was written, read again, is not what was built: a fault of the program, not of the "
        "tables. The last good snapshot is untouched.",
        "Report it, with the tables.",
    ),
    "S110": Code(
        "no tables or ontology",
        "The program does not find graphs/ and ontology/, neither in itself nor around it.",
        "Install exograph again, or run it from the checkout.",
    ),
    "S111": Code(
        "no source",
        "No folder with a source.toml lies under the folder of tables.",
        "Mend --graphs; graphs/README tells how a source looks.",
    ),
    "S112": Code(
        "no such source",
        "A build from some sources only was asked for, and one of them does not exist.",
        "Take one of the names that are listed.",
    ),
    "X101": Code(
        "prefixes unreadable",
        "ontology/prefixes.tsv is missing, may not be read, or is not UTF-8.",
        "Put it in place, as UTF-8.",
    ),
    "X102": Code(
        "bad line of prefixes",
        "A line of ontology/prefixes.tsv is not prefix, tab, IRI, or repeats a prefix.",
        "Mend the lines that are named.",
    ),
    "X110": Code(
        "bad extract of terms",
        "A line of ontology/extracts/identifiers.tsv is not as tools/identifiers.py writes it.",
        "Make the file anew.",
    ),
    "X104": Code(
        "id that makes no IRI",
        "An id holds a character that no IRI may hold, such as a blank.",
        "Use lower-case letters, digits and hyphens.",
    ),
    "X105": Code(
        "graph of another make",
        "A node of the graph lacks something, or has a value that the vocabulary does not know.",
        "Read a graph that this version wrote.",
    ),
    "X106": Code(
        "not Turtle",
        "A file of the ontology or its shapes is missing or does not parse; the parser says where.",
        "Mend the file.",
    ),
    "X111": Code(
        "blank nodes that are no trees",
        "A blank node of the ontology is the object of two triples, or leads back to itself.",
        "Give it an IRI; the blank nodes of OWL 2 DL are trees.",
    ),
    "X112": Code(
        "file of RDF unreadable",
        "The file that was to be served is no RDF, or its name does not say of which form it is.",
        "Mend it, or give it the right name: .nq, .nt, .ttl, .trig or .rdf.",
    ),
    "X107": Code("not N-Triples", "The data does not parse as triples.", "Run `exograph build`."),
    "X108": Code(
        "refused by rdflib",
        "The second engine, which runs ontology/checks, cannot parse or run the query.",
        "Mend the query; the message has rdflib's own words.",
    ),
    "X109": Code(
        "no rows from rdflib",
        "The second engine takes SELECT and ASK only; the query is of another form.",
        "Ask with SELECT.",
    ),
    "Q201": Code(
        "no SPARQL query",
        "The text is no SPARQL 1.1 query; line and column tell where it stops being one.",
        "Mend it there. Known prefixes need no declaration.",
    ),
    "Q202": Code(
        "update",
        "The request would change the data, and the knowledge base is read-only.",
        "Ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables and build again.",
    ),
    "Q203": Code(
        "SERVICE",
        "The query calls another endpoint, or could hide such a call; nothing leaves this machine.",
        "Ask that endpoint by itself; put blanks around < and >; rename what contains the word.",
    ),
    "Q204": Code(
        "query too large",
        "More than 200 brackets inside each other, 1,000 parts such as OPTIONAL, or 2,000 "
        "operators: the engine could crash.",
        "Use VALUES, or ask several queries.",
    ),
    "Q205": Code(
        "out of time",
        "The query was stopped when its time was up.",
        "Narrow it, end it with LIMIT, or raise --timeout.",
    ),
    "Q206": Code(
        "out of memory",
        "The query needs more memory than a query may have.",
        "Narrow it, or end it with LIMIT.",
    ),
    "Q207": Code(
        "query failed",
        "The query parses, but failed while it ran.",
        "Mend what the message names.",
    ),
    "Q208": Code(
        "format does not fit",
        "There is no such format, or it cannot hold this answer: csv has no triples, ttl no rows.",
        "Use one of the formats that are named.",
    ),
    "Q209": Code(
        "no rows to give",
        "From Python, `graph.query` gives rows; the query is of another form than SELECT.",
        "Ask with SELECT.",
    ),
    "Q210": Code(
        "file too long",
        "The file holds more than 2 MiB, so it is hardly a query.",
        "Mend the name.",
    ),
    "Q211": Code(
        "file not UTF-8",
        "The query is not UTF-8 from this line on; the message says what it looks like.",
        "Convert it with iconv, or save it as UTF-8.",
    ),
    "Q212": Code(
        "query crashed",
        "The process that ran the query ended without an answer; this one was not harmed.",
        "Ask in another way, and report the query.",
    ),
    "Q213": Code(
        "answer too long",
        "The server gives 32 MiB at most; a part of an answer would look like the whole.",
        "Narrow the query, or ask for parts of the answer with LIMIT and OFFSET.",
    ),
    "Q214": Code(
        "no format that fits",
        "The client takes no format that can hold the answer: csv has no triples, ttl no rows, and "
        "XML no control characters.",
        "Accept one of those that are named.",
    ),
    "Q215": Code(
        "no graph of that name",
        "default-graph-uri and named-graph-uri name graphs by absolute IRIs; a graph that does not "
        "exist would be empty.",
        "Give an absolute IRI.",
    ),
    "Q216": Code(
        "unknown function",
        "The query calls a function that is none of SPARQL 1.1, or gives a cast a wrong number of "
        "arguments.",
        "Call the functions of SPARQL 1.1, or casts such as xsd:integer.",
    ),
    "Q301": Code(
        "file of an example unusable",
        "The file cannot be read, or its head lacks the questions or the rows expected.",
        "Mend the head; the others in graphs/queries show how it looks.",
    ),
    "Q302": Code(
        "no such example", "No shipped query has this name.", "`exograph examples` lists them."
    ),
    "Q303": Code(
        "other variables than expected",
        "An example's query gives other variables than the head of its file says.",
        "Name the same in both.",
    ),
    "Q401": Code(
        "cannot be reached",
        "There is no such host, nothing listens there, or it did not let us connect in time.",
        "Mend the address, or start the store.",
    ),
    "Q402": Code(
        "certificate not to be trusted",
        "The certificate is of another host, has run out, or is signed by nobody we know.",
        "Mend it there, or name its authority in SSL_CERT_FILE.",
    ),
    "Q403": Code(
        "store too slow",
        "The request was not answered in its time. A push can be taken up by the same command.",
        "Narrow the query, or raise --timeout.",
    ),
    "Q404": Code(
        "not let in",
        "The store wants to know who asks, does not take the user and password, or does not let "
        "that user read or write.",
        "Set EXOGRAPH_USER and EXOGRAPH_PASSWORD, or have the right given there.",
    ),
    "Q405": Code(
        "password unencrypted",
        "The store asks for a password over plain http, and is not on this machine. It was not "
        "sent.",
        "Ask by https, or say --unencrypted.",
    ),
    "Q406": Code(
        "sent elsewhere",
        "The store redirects to another host, port or scheme, which is not followed.",
        "If you trust the address that is named, give it instead.",
    ),
    "Q407": Code(
        "refused by the store",
        "The store answers with an error; the message has its words.",
        "Mend what it names. A right query may be too hard for a store; ask in another way.",
    ),
    "Q408": Code(
        "store busy",
        "The store said six times that it is busy (429, 502, 503, 504).",
        "Run the command again later; a push goes on where it was.",
    ),
    "Q409": Code(
        "connection cut",
        "The connection ended six times before the answer did.",
        "Look at the log of the store, and run the command again.",
    ),
    "Q410": Code(
        "no answer of SPARQL",
        "What came is HTML, ends too early, or is no answer in a form of SPARQL 1.1.",
        "Mend the address: it must be that of a SPARQL endpoint.",
    ),
    "Q411": Code(
        "answer too long",
        "More came than is held in memory: 256 MiB of an answer.",
        "Narrow the query, or take parts with LIMIT.",
    ),
    "Q412": Code(
        "answer cut by the store",
        "The store gives so many rows and no more, or it cannot be told whether it does. A part "
        "would look like the whole.",
        "End the query with LIMIT and take parts, or have the limit raised there.",
    ),
    "Q413": Code(
        "answer in part",
        "The store ran out of time and gave what it had found, with a status of success.",
        "Narrow the query, or have the time for queries raised there.",
    ),
    "Q421": Code(
        "graph in use",
        "The graph holds triples that this push did not put there: of others, or of other tables.",
        "Name another graph with --graph, or take them away with --replace.",
    ),
    "Q422": Code(
        "other counts",
        "All was sent, and the graph holds more or fewer triples; properties that differ are "
        "named.",
        "Push again with --replace; see that nobody else writes into the graph.",
    ),
    "Q423": Code(
        "triple not there",
        "The count is right, but a triple that was asked for is not in the graph.",
        "Push again with --replace.",
    ),
    "P101": Code(
        "no such kind or role",
        "What follows `type:` is neither a kind nor a role of the vocabulary.",
        "Take one of those named.",
    ),
    "P102": Code(
        "kind without entities",
        "The kind or role exists, but no entity is of it.",
        "Take one of those named.",
    ),
    "P103": Code("no start or end", "One end of the path was left empty.", "Name an entity."),
    "P104": Code("start is end", "Both ends are the same entity.", "Name two different entities."),
    "P105": Code("too many to pass", "A path can be made to pass 4 entities.", "Name fewer."),
    "P106": Code(
        "impossible length",
        "A path has 1 to 20 steps.",
        "Mend max_steps (--max-steps).",
    ),
    "P107": Code("impossible number of paths", "1 to 1,000 can be listed.", "Mend --top."),
    "P108": Code("no such sign", "Signs are +, -, ? and any.", "Use one of them."),
    "P109": Code(
        "no time to search", "The timeout is not above 0.", "Give more seconds, or no timeout."
    ),
    "P110": Code(
        "no such field of context",
        "A context is given by one of the fields of a statement's context.",
        "Take one of those named, and write it as cell=huvec, say.",
    ),
    "P111": Code(
        "no such restriction",
        "No reference, source, evidence kind or walked predicate has this name.",
        "Take one of those named.",
    ),
    "P112": Code(
        "contradiction",
        "Something is to be passed and avoided, or every start or every end is to be avoided.",
        "Leave out one of the two.",
    ),
    "P113": Code(
        "strict context without a context",
        "Statements that give no such context were to be dropped, but no context was named.",
        "Name one, such as cell=huvec.",
    ),
    "P114": Code(
        "layers that do not fit",
        "A path has one layer more than steps: 2 to max_steps + 1 of them, at most 21.",
        "Mend the pattern, the layers or max_steps.",
    ),
    "P115": Code(
        "context of another kind",
        "The entity is of a kind that this field of context never holds: a molecule as organism.",
        "Give an entity of the kinds named, or another field.",
    ),
    "P120": Code(
        "weight out of range",
        "Such a weight would make a cost negative or meaningless, or it is no number.",
        "Give a number inside the range that is named.",
    ),
    "P121": Code(
        "no such weight",
        "A file of weights names one that the table does not have.",
        "Take one of those named; docs/weights.toml holds them all.",
    ),
    "P122": Code(
        "no table of weights",
        "A file of weights is not TOML.",
        "Write one weight on each line, as in docs/weights.toml.",
    ),
    "P141": Code(
        "no path of that rank",
        "A path was to be cited, and there are not so many from the one to the other.",
        "Take a rank that `exograph paths` lists.",
    ),
    "P131": Code(
        "nothing to compare",
        "It takes two different entities to compare; there is one, twice the same, or more.",
        "Name two, such as adsc and bmsc.",
    ),
    "H101": Code("no query", "The request asks nothing.", "Give the field query."),
    "H102": Code(
        "not UTF-8",
        "The request holds bytes that are no UTF-8, or a % without two hexadecimal digits.",
        "Percent-encode it as UTF-8; % itself is %25.",
    ),
    "H103": Code("too many fields", "A request has at most 1,000 fields.", "Send fewer."),
    "H104": Code("no number of seconds", "The timeout is not above 0.", "Give timeout=5, say."),
    "H105": Code("field twice", "A field that has one value was given twice.", "Give it once."),
    "H106": Code(
        "no such field",
        "The document has no such field; a misspelt one would be passed over in silence.",
        "Take one of those named.",
    ),
    "H107": Code(
        "impossible value", "The field takes other values.", "Give one of those that are named."
    ),
    "H108": Code("field missing", "The document needs this field.", "Give it."),
    "H109": Code("not HTTP", "What was sent is no request of HTTP/1.1.", "Ask with a browser."),
    "H113": Code("body too long", "The body of a request has at most 2 MiB.", "Send less."),
    "H115": Code(
        "body of another kind",
        "A query is sent as a form or as application/sparql-query, in UTF-8.",
        "Name the kind in Content-Type.",
    ),
    "H121": Code(
        "not this server",
        "The request is for a host of another name. Answering it would let any web page reach this "
        "server under a name of its own.",
        "Ask it as localhost, or start it with --allow-host NAME.",
    ),
    "H131": Code(
        "head too long",
        "Address and headers of a request have at most 16 KiB.",
        "Send a long query by POST.",
    ),
    "H144": Code("nothing here", "The server has no such address.", "Begin at /."),
    "H145": Code("method not allowed", "Nothing can be changed here.", "Use GET."),
    "H148": Code(
        "request too slow", "The request was not there after ten seconds.", "Send it at once."
    ),
    "H150": Code("fault of the server", "A fault of the program.", "Report it."),
    "H151": Code("unknown method", "The method is none of those known.", "Use GET."),
    "H152": Code(
        "holder died",
        "The process that holds the knowledge base has died: for want of memory, or killed.",
        "Start the server again; serve less if memory was short.",
    ),
    "H153": Code(
        "busy",
        "All workers are at work and as many requests wait as may, or long answers wait for slow "
        "clients.",
        "Ask again; Retry-After says when.",
    ),
    "U001": Code(
        "wrong usage",
        "An option or argument is missing, unknown, or of another form. The code is shown with "
        "--json only; the exit code is 2.",
        "See `exograph COMMAND --help`.",
    ),
    "U002": Code(
        "refused by the system",
        "A file cannot be opened, read, decoded or written; the message has the system's words.",
        "Mend the path or its permissions, or make room on the disk.",
    ),
    "U003": Code("no memory left", "The program itself ran out of memory.", "Ask for less."),
    "U005": Code(
        "cannot listen",
        "The server cannot have this address: another program has the port, or it is none of this "
        "machine's.",
        "Give another --port, or --host.",
    ),
    "U006": Code(
        "too much for a page",
        "What is around the entities that are named is more than a page can show.",
        "Use a lower --depth, or name fewer entities.",
    ),
    "M101": Code(
        "extra not installed",
        "Work on Spark needs pyspark, pyarrow and pandas, which exograph alone does not bring.",
        "Install them: pip install 'exograph[spark]'.",
    ),
    "M102": Code(
        "no Java",
        "Spark is a Java program, and there is no Java to run it.",
        "Install Java 17 or newer, and set JAVA_HOME if it is in no usual place.",
    ),
    "M103": Code(
        "no edges to mine",
        "The folder does not hold nodes, edges and costs with the columns that docs/spark.md has.",
        "Name a folder that `exograph export DIR --format parquet` wrote.",
    ),
    "M104": Code(
        "Spark gave up",
        "A file or folder cannot be read or written, or memory or disk ran out; the message has "
        "the words of Spark.",
        "Mend what it names, or give it more --memory.",
    ),
    "A101": Code(
        "package mcp missing",
        "The Model Context Protocol is spoken by the package mcp, version 2 or newer.",
        "pip install 'exograph[mcp]'.",
    ),
    "A102": Code(
        "answer too long for an assistant",
        "The answer has more than 256 KiB; a part of it would look like the whole.",
        "Ask for less at once: limit and skip, top, or one thing.",
    ),
    "A103": Code(
        "no such resource or prompt",
        "The server has nothing of that name to read.",
        "Take one of those that it lists.",
    ),
    "A111": Code(
        "no answer from the server",
        "From Python: the server cannot be reached, went away, or took too long.",
        "Look whether `exograph serve` runs there; give more time.",
    ),
    "A112": Code(
        "answer of another kind",
        "From Python: what came is no answer of exograph; another server may listen there.",
        "Mend the address.",
    ),
    "X301": Code(
        "unknown format",
        "There is no format of that name.",
        "Name one of those that the message lists.",
    ),
    "X302": Code(
        "format not told",
        "The file's name ends in nothing that tells the format.",
        "Name the format with --format.",
    ),
    "X303": Code(
        "folder not empty",
        "A format of several files makes a new folder, and something is in that one.",
        "Name a folder that is new or empty, or an archive that ends in .tar.gz.",
    ),
    "X304": Code(
        "import as tables",
        "A source was imported, and tables hold only what was curated.",
        "Build without it, or name another format.",
    ),
    "X305": Code(
        "crate without a date",
        "A crate must tell when it was published, and no source has a date.",
        "Give a source its date, in source.toml.",
    ),
    "X306": Code(
        "id that names no file",
        "A site has a file for each thing, and a file of that name could lie elsewhere.",
        "Rename the thing: letters, digits and hyphens.",
    ),
    "X307": Code(
        "no release there",
        "The folder for a release holds other files, or files of a release that were changed.",
        "Name a folder that is new or empty.",
    ),
    "X308": Code(
        "release there already",
        "The folder holds a release, which is replaced only if that is asked for.",
        "Give --replace, or another folder.",
    ),
    "X309": Code(
        "no former release",
        "What --previous names is no release and no snapshot, or it is damaged.",
        "Name the folder of a release, or a snapshot as for `exograph diff`.",
    ),
    "I101": Code(
        "damaged archive",
        "A gzip or tar file is cut off, damaged, or none.",
        "Get the file again.",
    ),
    "I102": Code(
        "not UTF-8",
        "A file of an import is not UTF-8.",
        "Convert it with iconv.",
    ),
    "I103": Code(
        "file unreadable",
        "A file of an import is missing or cannot be read.",
        "Name a file that is there.",
    ),
    "I104": Code(
        "no KGX in the archive",
        "The archive holds no nodes or edges as .tsv, .csv or .jsonl.",
        "Put nodes.tsv and edges.tsv into it.",
    ),
    "I105": Code(
        "ending not known",
        "The file's name ends in nothing that an import reads, or there is no format of that name.",
        "Give --format NAME, or name it .tsv, .csv, .jsonl, .ttl …; .gz may follow.",
    ),
    "I106": Code(
        "file too large",
        "A file unpacks to more than an import reads.",
        "Split it.",
    ),
    "I107": Code(
        "record too long",
        "A line is longer than any record (a quote is open, or it is another kind of file), or too "
        "much is told of one subject.",
        "Close the quote, or split the file.",
    ),
    "I108": Code(
        "header not usable",
        "The header is missing, has a column twice, or has no columns of nodes or edges.",
        "Nodes need the column id, edges subject, predicate and object.",
    ),
    "I109": Code(
        "columns not told",
        "The file that tells what the columns of a table are is missing or wrong, or the table has "
        "no such column.",
        "Mend what the message names; docs/importing.md has an example.",
    ),
    "I111": Code(
        "too deep, or not whole by itself",
        "XML declares an entity or needs another file; or XML, JSON or quoted triples are nested "
        "too deep, an object of JSON has too many members, or a text is too long.",
        "Write it without, or hand it on in another format.",
    ),
    "I112": Code(
        "syntax wrong",
        "The file is not of its format from this line on.",
        "Mend the file, or give --format.",
    ),
    "I113": Code(
        "context elsewhere",
        "JSON-LD names a context that lies on another machine; none is fetched.",
        "Write the context into the file, or hand it on as N-Quads.",
    ),
    "I201": Code(
        "cells do not fit the header",
        "A row has more or fewer cells than the header.",
        "Add or remove tabs.",
    ),
    "I202": Code(
        "no JSON",
        "A line is no JSON object.",
        "Write one object on each line.",
    ),
    "I203": Code(
        "end or id missing",
        "A node has no id, or an edge no subject, predicate or object, or several.",
        "Fill it.",
    ),
    "I204": Code(
        "word not told",
        "A word of a table is not among those that the file of columns translates.",
        "Add it to the words, or leave the row out.",
    ),
    "I211": Code(
        "identifier is no CURIE",
        "The id of a node is no CURIE, has blanks or what no reader sees, or is too long.",
        "Write PREFIX:LOCAL.",
    ),
    "I212": Code(
        "category without an equal",
        "There is no kind here for the categories of a node.",
        "Give one that docs/importing.md lists, or leave the node out.",
    ),
    "I213": Code(
        "two kinds for one id",
        "Two nodes have one id and categories of different kinds.",
        "Keep one of them.",
    ),
    "I221": Code(
        "end unknown",
        "An end of an edge is no node that was stored, and no entity here.",
        "Add the node, or mend the id.",
    ),
    "I222": Code(
        "edge without an equal",
        "Its predicate, its qualifiers or the kinds of its ends have no equal here.",
        "Leave it out, or say it with a predicate that docs/importing.md lists.",
    ),
    "I223": Code(
        "equivalence of strangers",
        "Two identifiers are said to be the same, and neither is a node of the import.",
        "Add the node.",
    ),
    "I224": Code(
        "edge repeated",
        "An edge says what an edge before it says.",
        "Delete it.",
    ),
    "I231": Code(
        "no node and no edge",
        "What is told is neither a thing nor a relation between two, such as a mechanism, a group "
        "or a label of a drawing.",
        "Nothing; it is counted, so that you know.",
    ),
    "I301": Code(
        "name not usable",
        "The name of an import is no slug, or that of a source of tables.",
        "Use lower-case letters, digits and single hyphens.",
    ),
    "I302": Code(
        "no such import",
        "There is no import of that name.",
        "`exograph import --list` names them.",
    ),
    "I303": Code(
        "name taken",
        "There is an import of that name already.",
        "Give --replace, or another name.",
    ),
    "I304": Code(
        "nothing stored",
        "Nothing of the files could be taken in.",
        "Mend what the message names.",
    ),
    "N101": Code(
        "name not usable",
        "A paper is called by its folder's name and its id: a slug.",
        "Use lower-case letters, digits and single hyphens, such as zhang2026-mir126.",
    ),
    "N102": Code(
        "name taken",
        "A folder or a reference is called so already. Nothing was written over.",
        "Choose another name, or add to what is there.",
    ),
    "N103": Code(
        "no identifier of a publication",
        "What was given as DOI, PMID or PMCID is none.",
        "Copy it from the paper's page.",
    ),
    "N104": Code(
        "paper known in this source",
        "The source has a reference with this DOI, PMID or PMCID; a second row would be the same.",
        "Add statements to the reference that is named.",
    ),
    "N105": Code(
        "no folder for tables",
        "The tables in use are those that came with the program, or there is no such folder.",
        "Copy them to a folder of your own, and name that with --graphs.",
    ),
    "S114": Code(
        "no such snapshot",
        "A name stands for no snapshot, or for several.",
        "Give a folder, a key that the message lists, current, or before.",
    ),
    "S113": Code(
        "import damaged",
        "The records of an import are not those that were written.",
        "Remove the import and take it in again.",
    ),
}

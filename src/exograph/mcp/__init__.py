# SPDX-License-Identifier: Apache-2.0
"""The knowledge base for assistants, by the Model Context Protocol over standard input and output.

``server`` speaks the protocol, by the package ``mcp``; ``tools``, ``resources`` and ``prompts`` are
what it offers, ``desk`` has the questions answered by workers that may be killed.
"""

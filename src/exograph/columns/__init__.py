# SPDX-License-Identifier: Apache-2.0
"""Sources of millions of statements, as columns that open by memory map.

``packed`` holds records in a file and makes one when it is asked for, ``rows`` the statements of a
source as four numbers each, ``joined`` puts such sources and a knowledge base of model objects
together, and ``large`` shows the whole as a knowledge base, claim by claim as they are wanted.
"""

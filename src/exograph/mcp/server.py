# SPDX-License-Identifier: Apache-2.0
"""The server: the protocol by the package ``mcp``, questions by the desk."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exograph import __version__
from exograph.errors import ExographError, InputError
from exograph.mcp import prompts, resources
from exograph.mcp.desk import LIMITS, Desk, Shelf
from exograph.mcp.threads import apart
from exograph.mcp.tools import TOOLS, compact
from exograph.mcp.wire import LONGEST, TOO_LONG, Wire
from exograph.mcp.words import INSTRUCTIONS
from exograph.web.failures import HttpError
from exograph.web.limits import Limits

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

log = logging.getLogger("exograph.mcp")

_LAST_WORDS = 1.0
"""Seconds for what is already said to reach the client."""


def serve(shelf: Shelf, limits: Limits = LIMITS) -> None:
    """Serves until the client goes, or SIGINT or SIGTERM comes.

    Raises InputError: A101 without the package, U002 if standard input or output is closed;
    SnapshotError if there is nothing to serve.
    """
    _package_or_cure()
    for stream, name in ((sys.stdin, "input"), (sys.stdout, "output")):
        if stream is None:
            cure = "An assistant starts this command, and talks with it there."
            raise InputError("U002", f"Standard {name} is closed.", cure)
    asyncio.run(_until_stopped(shelf, limits))


def _package_or_cure() -> None:
    from importlib.metadata import PackageNotFoundError, version

    cure = "Install it: pip install 'exograph[mcp]'."
    try:
        held = version("mcp")
    except PackageNotFoundError:
        message = "This needs the package mcp, which is not installed."
        raise InputError("A101", message, cure) from None
    if int(held.partition(".")[0]) < 2:
        raise InputError("A101", f"This needs mcp 2 or newer; {held} is installed.", cure)


async def _until_stopped(shelf: Shelf, limits: Limits) -> None:
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None
    stopped = asyncio.Event()

    def stop() -> None:
        stopped.set()
        task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    wire, desk = Wire(), Desk(shelf, limits)
    try:
        importing = apart(partial(import_module, "mcp.server.lowlevel"))
        async with desk.open():  # meanwhile
            await importing
            await _talk(desk, wire)
    except asyncio.CancelledError:
        if not stopped.is_set():
            raise
    desk.nursery.check()


async def _talk(desk: Desk, wire: Wire) -> None:
    """Until the client goes."""
    from anyio import BrokenResourceError, ClosedResourceError

    server = _server(desk)
    try:
        async with _streams(wire) as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())
    except* (BrokenResourceError, ClosedResourceError):
        log.info("messages were on their way when the client went, or the server was stopped")


@asynccontextmanager
async def _streams(wire: Wire) -> AsyncIterator[tuple[Any, Any]]:
    """The two streams of messages that a server of the package runs on."""
    from anyio import create_memory_object_stream
    from mcp.shared.message import SessionMessage
    from mcp.types import jsonrpc_message_adapter

    heard, incoming = create_memory_object_stream[SessionMessage | Exception](0)
    outgoing, told = create_memory_object_stream[SessionMessage](0)

    async def listen() -> None:
        async with heard:
            while (line := await wire.line()) is not None:
                try:
                    message = jsonrpc_message_adapter.validate_json(line, by_name=False)
                except ValueError:
                    await wire.say(_refusal(line))
                else:
                    await heard.send(SessionMessage(message))

    async def speak() -> None:
        async with told:
            async for each in told:
                text = each.message.model_dump_json(by_alias=True, exclude_unset=True)
                await wire.say(text.encode("utf-8", "replace"))

    def gone(task: asyncio.Task[None]) -> None:
        """A client that cannot be talked to any more has gone, and nothing more is heard of it."""
        if not task.cancelled() and task.exception() is not None:
            listening.cancel()

    listening, speaking = asyncio.create_task(listen()), asyncio.create_task(speak())
    for task in (listening, speaking):
        task.add_done_callback(gone)
    try:
        yield incoming, outgoing
    finally:
        listening.cancel()
        await asyncio.wait({speaking}, timeout=_LAST_WORDS)
        speaking.cancel()


def _refusal(line: bytes) -> bytes:
    """The answer to a line that is no message: JSON-RPC has no id for it."""
    if line == TOO_LONG:
        code, message = -32600, f"The message is longer than {LONGEST} bytes."
    else:
        code, message = -32700, "The line is no message of JSON-RPC 2.0."
    error = {"code": code, "message": message}
    return json.dumps({"jsonrpc": "2.0", "id": None, "error": error}).encode()


def _server(desk: Desk) -> Server[Any]:
    """A server of the package with all that there is to ask and read."""
    from mcp import types
    from mcp.server.lowlevel import Server
    from mcp.shared.exceptions import MCPError

    hints = types.ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )

    def text(said: str) -> types.TextContent:
        return types.TextContent(text=said)

    async def list_tools(context: Any, params: Any) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.description,
                    input_schema=tool.input,
                    output_schema=tool.output,
                    annotations=hints,
                )
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(context: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(params.name)
        if tool is None:
            known = ", ".join(TOOLS)
            raise MCPError(types.INVALID_PARAMS, f"There is no such tool. Known are {known}.")
        try:
            document, short = await tool.call(desk, params.arguments or {})
        except ExographError as error:
            return failed(error)
        except Exception:
            log.exception("%s failed", tool.name)
            fault = HttpError(500, "H150", "The server has a fault.", "Tell those who build it.")
            return failed(fault)
        return types.CallToolResult(
            content=[text(short), text(compact(document))], structured_content=document
        )

    def failed(error: ExographError) -> types.CallToolResult:
        """Without structured content: that would have to be of the schema of answers."""
        return types.CallToolResult(
            content=[text(str(error)), text(compact({"error": _told(error)}))], is_error=True
        )

    async def list_resources(context: Any, params: Any) -> types.ListResourcesResult:
        return types.ListResourcesResult(
            resources=[
                types.Resource(
                    uri=one.uri, name=one.name, description=one.description, mime_type=one.media
                )
                for one in resources.FIXED
            ]
        )

    async def list_templates(context: Any, params: Any) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(
            resource_templates=[
                types.ResourceTemplate(
                    uri_template=one.uri,
                    name=one.name,
                    description=one.description,
                    mime_type=one.media,
                )
                for one in resources.TEMPLATES
            ]
        )

    async def read(
        context: Any, params: types.ReadResourceRequestParams
    ) -> types.ReadResourceResult:
        try:
            media, said = await resources.read(desk, params.uri)
        except ExographError as error:
            raise MCPError(types.INVALID_PARAMS, str(error), _told(error)) from None
        contents = types.TextResourceContents(uri=params.uri, mime_type=media, text=said)
        return types.ReadResourceResult(contents=[contents])

    async def list_prompts(context: Any, params: Any) -> types.ListPromptsResult:
        return types.ListPromptsResult(
            prompts=[
                types.Prompt(
                    name=prompt.name,
                    title=prompt.title,
                    description=prompt.description,
                    arguments=[
                        types.PromptArgument(name=name, description=meaning, required=True)
                        for name, meaning in prompt.arguments.items()
                    ],
                )
                for prompt in prompts.PROMPTS.values()
            ]
        )

    async def get_prompt(
        context: Any, params: types.GetPromptRequestParams
    ) -> types.GetPromptResult:
        try:
            prompt, said = prompts.ask(params.name, params.arguments or {})
        except ExographError as error:
            raise MCPError(types.INVALID_PARAMS, str(error), _told(error)) from None
        message = types.PromptMessage(role="user", content=text(said))
        return types.GetPromptResult(description=prompt.description, messages=[message])

    return Server(
        "exograph",
        version=__version__,
        title="exograph: how MSC exosomes heal skin wounds",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
    )


def _told(error: ExographError) -> dict[str, Any]:
    from exograph.web.held import told

    return told(error)

"""The methods about the bot itself and its chats.

What was set for a language and a scope is read for that language and scope alone
(https://core.telegram.org/bots/api#getmycommands).
"""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.end_to_end.rules import Parameters, Refusal, bad_request, decoded
from tests.end_to_end.state import BOT, State

MOST_COMMANDS, MOST_COMMAND_DESCRIPTION = 100, 256
LONGEST = {"name": 64, "description": 512, "short_description": 120}
SCOPES = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators", "chat"})
"""Those that a bot for everybody may use."""


def get_me(state: State, _: Parameters) -> Any:
    """The bot, with its settings at @BotFather."""
    return {
        **BOT,
        "can_join_groups": True,
        "can_read_all_group_messages": state.reads_all,
        "supports_inline_queries": True,
    }


def set_my_commands(state: State, parameters: Parameters) -> Any:
    """The menu for one scope and language."""
    commands = decoded(parameters, "commands", list)
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"], re.ASCII):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= MOST_COMMAND_DESCRIPTION:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    state.profile[_menu(parameters)] = commands
    return True


def get_my_commands(state: State, parameters: Parameters) -> Any:
    """That menu, empty when it was never set."""
    return state.profile.get(_menu(parameters), [])


def delete_my_commands(state: State, parameters: Parameters) -> Any:
    """No menu for that scope and language any more."""
    state.profile.pop(_menu(parameters), None)
    return True


def get_chat(state: State, parameters: Parameters) -> Any:
    """A chat with the fields that every full one has."""
    chat = state.chats[state.writable(parameters)]
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    return {**chat, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def leave_chat(state: State, parameters: Parameters) -> Any:
    """The bot leaves a group; it cannot leave a person."""
    chat = state.writable(parameters)
    if chat > 0:
        raise bad_request("chat member status can't be changed in private chats")
    state.closed[chat] = Refusal(403, "Forbidden: bot is not a member of the supergroup chat")
    return True


def _set_line(name: str, state: State, parameters: Parameters) -> Any:
    if len(parameters.get(name, "")) > LONGEST[name]:
        raise bad_request(f"{name} is too long")
    state.profile[name, _language(parameters)] = parameters.get(name, "")
    return True


def _get_line(name: str, state: State, parameters: Parameters) -> Any:
    default = BOT["first_name"] if name == "name" else ""
    return {name: state.profile.get((name, _language(parameters)), default)}


def _menu(parameters: Parameters) -> tuple[str, ...]:
    scope = decoded(parameters, "scope", dict) or {"type": "default"}
    if scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    return "commands", _language(parameters), json.dumps(scope, sort_keys=True)


def _language(parameters: Parameters) -> str:
    """Two letters, or none for everybody else."""
    code = parameters.get("language_code", "")
    if code and not re.fullmatch(r"[a-z]{2}", code, re.ASCII):
        raise bad_request("LANG_CODE_INVALID")
    return code


METHODS: dict[str, Callable[[State, Parameters], Any]] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": partial(_set_line, "name"),
    "getMyName": partial(_get_line, "name"),
    "setMyDescription": partial(_set_line, "description"),
    "getMyDescription": partial(_get_line, "description"),
    "setMyShortDescription": partial(_set_line, "short_description"),
    "getMyShortDescription": partial(_get_line, "short_description"),
    "getChat": get_chat,
    "leaveChat": leave_chat,
}

"""The environment, read once: the bot's token, where Telegram is, how messages come, and who owns the bot.

A setting that cannot be used is reported in one sentence with the fix, before anything is sent anywhere.

    values    what the settings are once they are read
    network   proxies and certificates
    table     each variable and what it may hold; from the environment to `Settings`
    env_file  the file .env
"""

from bot.settings.env_file import UnusableFileError, environment_with_file
from bot.settings.network import certificates
from bot.settings.table import KEYS, SETTINGS, read_settings
from bot.settings.values import HIDDEN, HOME, Proxy, Secret, Settings, Webhook

__all__ = [
    "HIDDEN",
    "HOME",
    "KEYS",
    "SETTINGS",
    "Proxy",
    "Secret",
    "Settings",
    "UnusableFileError",
    "Webhook",
    "certificates",
    "environment_with_file",
    "read_settings",
]

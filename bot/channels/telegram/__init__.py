"""Telegram: updates in, replies out."""

from bot.channels.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]

"""Which methods of the Bot API the local Telegram plays, and those that steer the flow of updates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from sandbox.api import album_methods, chat_methods, edit_methods, media_methods, message_methods, profile_methods
from sandbox.errors import bad
from sandbox.world.media import MediaKind
from sandbox.world.state import Method, Params, ServerState
from sandbox.world.world import Json

_SENDS: Mapping[MediaKind, str] = {
    "photo": "sendPhoto",
    "document": "sendDocument",
    "video": "sendVideo",
    "animation": "sendAnimation",
    "audio": "sendAudio",
    "voice": "sendVoice",
    "video_note": "sendVideoNote",
    "sticker": "sendSticker",
}
_SECRET = re.compile(r"^[A-Za-z0-9_-]{1,256}$")


def played_methods() -> Mapping[str, Method]:
    """Give every method that answers at once, by its name; getUpdates waits and is the server's own."""
    return MappingProxyType(
        {
            "getMe": profile_methods.get_me,
            "sendMessage": message_methods.send_message,
            "editMessageText": edit_methods.edit_message_text,
            "editMessageCaption": edit_methods.edit_message_caption,
            "editMessageReplyMarkup": edit_methods.edit_message_reply_markup,
            "editMessageMedia": edit_methods.edit_message_media,
            "deleteMessage": message_methods.delete_message,
            "deleteMessages": message_methods.delete_messages,
            "answerCallbackQuery": message_methods.answer_callback_query,
            "sendChatAction": message_methods.send_chat_action,
            "setMessageReaction": message_methods.set_message_reaction,
            **{_SENDS[kind]: media_methods.sender(kind) for kind in _SENDS},
            "sendMediaGroup": album_methods.send_media_group,
            "forwardMessage": album_methods.forward_message,
            "copyMessage": album_methods.copy_message,
            "sendLocation": media_methods.send_location,
            "getFile": media_methods.get_file,
            "getChat": chat_methods.get_chat,
            "getChatMember": chat_methods.get_chat_member,
            "getChatAdministrators": chat_methods.get_chat_administrators,
            "getChatMemberCount": chat_methods.get_chat_member_count,
            "leaveChat": chat_methods.leave_chat,
            "pinChatMessage": chat_methods.pin_chat_message,
            "unpinChatMessage": chat_methods.unpin_chat_message,
            "unpinAllChatMessages": chat_methods.unpin_all_chat_messages,
            "createForumTopic": chat_methods.create_forum_topic,
            "setMyCommands": profile_methods.set_my_commands,
            "getMyCommands": profile_methods.get_my_commands,
            "deleteMyCommands": profile_methods.delete_my_commands,
            "setMyName": profile_methods.setter("name"),
            "getMyName": profile_methods.getter("name"),
            "setMyDescription": profile_methods.setter("description"),
            "getMyDescription": profile_methods.getter("description"),
            "setMyShortDescription": profile_methods.setter("short_description"),
            "getMyShortDescription": profile_methods.getter("short_description"),
            "setWebhook": set_webhook,
            "deleteWebhook": delete_webhook,
            "getWebhookInfo": get_webhook_info,
            "logOut": log_out,
            "close": close,
        },
    )


async def get_updates(state: ServerState, params: Params) -> list[Json]:
    """Answer with waiting updates, or wait for the first one."""
    if "allowed_updates" in params:
        state.updates.allow(params["allowed_updates"])
    return await state.updates.poll(
        offset=params.get("offset", 0),
        limit=params.get("limit", 100),
        wait_seconds=params.get("timeout", 0),
    )


def set_webhook(state: ServerState, params: Params) -> bool:
    """Remember a webhook; getUpdates is refused from then on."""
    url = params.get("url", "")
    if not url:
        return delete_webhook(state, params)
    if not url.startswith("https://"):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.get("secret_token")
    if secret is not None and not _SECRET.match(secret):
        raise bad("secret token contains unallowed characters")
    if "allowed_updates" in params:
        state.updates.allow(params["allowed_updates"])
    if params.get("drop_pending_updates"):
        state.updates.clear()
    connections = min(max(params.get("max_connections", 40), 1), 100)
    state.updates.set_webhook({"url": url, "max_connections": connections, "secret": secret})
    return True


def delete_webhook(state: ServerState, params: Params) -> bool:
    """Forget the webhook, so that polling works again."""
    if params.get("drop_pending_updates"):
        state.updates.clear()
    state.updates.set_webhook(None)
    return True


def get_webhook_info(state: ServerState, _params: Params) -> Json:
    """Answer with the webhook and the number of updates that wait."""
    info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": state.updates.pending}
    webhook = state.updates.webhook or {}
    info.update((name, value) for name, value in webhook.items() if name != "secret" and value is not None)
    if state.updates.allowed is not None:
        info["allowed_updates"] = sorted(state.updates.allowed)
    return info


def log_out(state: ServerState, _params: Params) -> bool:
    """Log the bot out of this server; nothing else is played, it may go on."""
    state.logged_out = True
    return True


def close(_state: ServerState, _params: Params) -> bool:
    """Do nothing: there is no second server that the bot could move to."""
    return True

# Replies to a card or to a message about an incident: receipts, what is passed on, the officer's last word.
note-kept = ✅ Noted on <b>I-{ $number }</b> · { $clock }.
note-heard = { $names } has been told.
note-and = and
note-joined = I-{ $number } was merged and goes on in I-{ $other }.
note-cut = The first { $count } characters were passed on; all of it is on the timeline.
note-the-reporter = The reporter
note-to-officer =
    💬 <b>I-{ $number }</b> · { $name }: <i>{ $words }</i>
    Reply to this message to answer.
note-to-owner = 💬 <b>I-{ $number }</b> · { $post } · { $name }: <i>{ $words }</i>
files-to-owner = 📎 <b>I-{ $number }</b> · { $post }: { $count ->
    [one] { $count } file
   *[other] { $count } files
} from the reporter.
place-to-owner = 📍 <b>I-{ $number }</b> · { $post }: the reporter shared their location.
note-located = 📍 Your location was added to <b>I-{ $number }</b>.
note-located-kept = 📍 Your location is kept with <b>I-{ $number }</b>; as it is confidential, no card shows it.
button-over = Agree, it is over
button-not-over = Say it is not over
event-handed-over = holds the post now
event-disputed = opened it again
tap-disputed = I-{ $number } is open again and waits to be accepted. Thank you for telling us.
tap-answer-late = I-{ $number } is now: { $state }. To add something, reply to this message.
officer-answer-closed = ☑️ <b>I-{ $number }</b> closed · { $clock }. Thank you for making sure.
officer-answer-disputed = 🔔 <b>I-{ $number }</b> is open again · { $clock } and waits to be accepted. Reply to this message: what is not over?
officer-answer-late = <b>I-{ $number }</b> is now: { $state }. To add something, reply to this message.
owner-disputed = 🔔 <b>I-{ $number }</b> · { $post }: the reporter says it is not over. It is open again and waits to be accepted.

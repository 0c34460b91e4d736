# Words, files and places that came without a command.
button-kept-form = { $title }
button-kept-add = Add to { $number }
button-kept-nothing = No report
tap-draft-gone = This draft is gone: it was sent, replaced, cancelled, or has expired. See /my.
tap-draft-expired = This draft has expired and was NOT sent. Begin again with how things are now.
# Words and files that are no report yet.
not-understood = That message is no report yet. What you can use: /help
kept-words = <blockquote>{ $words }</blockquote>
kept-what = Your message is kept, but it is no report yet. What is it?
kept-nothing = All right, it is no report.
kept-added = 📎 { $count } files added to { $number }.
location-kept = 📍 Your location is kept and goes with your reports of the next 30 minutes: /status or /incident
location-near = 📍 Your location is kept. Your nearest post: { $post }, { $distance }. Report from where?
edit-files-nothing = That report is stored and the edited message does not change it. Tap Correct under its receipt, or send a new { $command }.
edit-for-all = The reports of all posts are stored, and the edited message does not change them. Tap a number in the receipt, then Correct.
edit-of-answer = An edited message does not change the answer that was taken. Tap ✏️ on the report, or Correct under its receipt.
kept-apart = 📄 Asked about by itself: joined with the message before, it would be longer than { $most } characters.
kept-files-full = 📎 Asked about by itself: what you sent before has { $most } files already.
kept-report-full = 📎 { $number } has { $most } files already. This file is kept; choose another report or make a new one.
drafts-full =
    📌 You have more than { $most } things that are not finished. The oldest are put aside and <b>not sent</b>.
    Open them again by the button Go on at their message. At most { $aside } are put aside; beyond that they are closed.
    Drop what is not needed: /cancel. If it is urgent: /incident and /sos are still sent at once.
draft-aside = 📌 { $title } of { $time } is put aside, <b>not sent</b>. Tap Go on to open it again.
draft-closed-here = 🗑 Closed because too much is unfinished, <b>not sent</b>. Your message is still in this chat; if it still matters, send it again.

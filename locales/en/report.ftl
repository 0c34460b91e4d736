# Filing a report: questions, problems, receipts.
form-example =
    <b>{ $title }</b> · { $post }
    One line is enough, for example:
    <code>{ $example }</code>
ask-field = { $hint }
ask-again = { $label } was not understood. { $hint }
which-post = { $title }: for which post?
post-ambiguous = “#{ $token }” fits several of your posts. Choose one:
post-not-yours = “#{ $token }” is not one of your posts. Choose yours:
example = In one line, for example: <code>{ $line }</code>
command-near = There is no { $command }. Did you mean { $near }?
command-unknown = There is no { $command }. All commands: /help
draft-dropped = The draft is gone. Nothing was sent.
draft-dropped-tap = Cancelled.
no-draft = There is no draft to drop.

receipt = ✅ <b>Received.</b> { $number } · { $clock }
receipt-post = { $title } · { $post }
receipt-answer = { $label }: <b>{ $value }</b>
receipt-time = Time of the event: { $time }
receipt-note = <i>{ $note }</i>
receipt-late = ⏰ Counted as late for this window.
receipt-relayed =
    { $groups ->
        [one] Passed on to one group.
       *[other] Passed on to { $groups } groups.
    } You will be kept informed.
receipt-admins-told = No group is linked for this region yet; the admins have been told.
receipt-admins-told-purpose = No group is linked for this kind of matter in this region yet; the admins have been told.

problem-typo = “{ $word }” is not known. Did you mean?
problem-choice = “{ $text }” is not a choice for { $label }. Choose:
problem-number = { $label }: “{ $text }” is not a number. Type just the number, for example { $example }.
problem-ratio = { $label }: “{ $text }” cannot be read. Type two numbers, for example { $example }.
problem-ratio-order = { $label }: { $first } is more than { $second }. Type it again, for example { $example }.
problem-yes-no = { $label }: “{ $text }” cannot be read. Type yes or no.
problem-time = { $label }: “{ $text }” is not a time. Type for example 08:10.
problem-location = { $label }: “{ $text }” is not a place. Share a location, or type latitude,longitude.
problem-empty = { $label } is still empty. Type the answer.
problem-not-typed = { $label } cannot be typed.
problem-too-small = { $label }: { $value } is too small, at least { $min }.
problem-too-big = { $label }: { $value } is too large, at most { $max }.
problem-text-too-short = { $label } is too short (letters: { $length }, at least { $min }).
problem-text-too-long = { $label } is too long (letters: { $length }, at most { $max }). Type a shorter one.
problem-too-few = { $label }: choose at least { $min }; chosen: { $count }.
problem-too-many = { $label }: choose at most { $max }; chosen: { $count }.
problem-not-for-post = { $label } is not asked of { $post_kind }.
problem-not-asked = { $label } is only given with certain answers to { $other }.
problem-post-twice = One report is for one post, but #{ $first } and #{ $second } were named. Choose one:
problem-left-over = “{ $text }” cannot be read in this report.

doubt-over-post = { $label }: <b>{ $value }</b> is more than the { $attribute } ({ $limit }).
doubt-over-field = { $label }: <b>{ $value }</b> is more than { $other } ({ $limit }).
doubt-unlikely-big = { $label }: <b>{ $value }</b> is unusual, mostly it is { $limit } at most.
doubt-unlikely-small = { $label }: <b>{ $value }</b> is unusual, mostly it is { $limit } at least.
doubt-suggestion = Did you mean { $likely } and not { $value }? Choose, or type the number again.
doubt-ask = If it really is { $value }, tap the button. If not, type the number again.

# Filling by buttons.
answer-now = Now: <b>{ $value }</b>
review-title = <b>{ $title }</b> · { $post }
review-correction = <b>Correct { $number }</b> · { $title } · { $post }
review-place = 📍 { $place } from the post
review-hint = Look it over, then tap Send.
review-hint-note = Type the account if you want, then tap Send.
draft-offer = { $title } of { $time } has not been sent. Go on with it?
draft-replaced = Continued below.
all-posts = all posts
all-reported = All your posts have reported for this window. See /my.
all-one-by-one = Disturbances are reported one by one, so that it is clear where. At which post is this?

# Words and files that are no report yet.
not-understood = That message is no report yet. What you can use: /help
kept-words = <blockquote>{ $words }</blockquote>
kept-what = Your message is kept, but it is no report yet. What is it?
kept-nothing = All right, it is no report.
kept-added = 📎 { $count } files added to { $number }.

location-kept = 📍 Your location is kept and goes with your reports of the next 30 minutes: /status or /incident
location-near = 📍 Your location is kept. Your nearest post: { $post }, { $distance }. Report from where?

# Corrections.
ask-reason = Why is this report corrected? Choose, or type the reason.
reason-typo = Typing mistake
reason-newer = There is new data
reason-place = Wrong post
reason-checked = Checked again
reason-edited = Message edited
correction-not-yours = That report is not yours, so you cannot correct it.
correction-overtaken = This report has been corrected meanwhile. Tap Correct once more to see what it says now.
edit-files-nothing = That report is stored and the edited message does not change it. Tap Correct under its receipt, or send a new { $command }.
no-post = You are not assigned to a post that files this report. A coordinator writes the post's code: #CODE
post-none = “#{ $token }” is not in your territory. Check the code.

receipt-corrected = ✏️ <b>Updated.</b> { $number } · { $clock } · version { $version }
receipt-updated = Card I-{ $number } now shows these figures.
receipt-cards-follow = Its card was updated in { $groups ->
        [one] one group
       *[other] { $groups } groups
    }.
receipt-nil = Nil: nothing happened.
receipt-far = 📍 Your phone is { $distance } from the post; that is noted.
receipt-insisted = ❗ There is an unusual number; you confirmed that it is right.
receipt-media = 📎 { $count } files
receipt-all = ✅ <b>Received.</b> { $count } reports · { $clock }
receipt-all-post = { $number } · { $post }
receipt-all-rest = Posts where things are different: report them one by one, that report counts.
post-gone = The post of this draft is no longer yours. Choose your post, the answers stay:
correction-nothing = Nothing has changed; { $number } stays as it was.
edit-for-all = The reports of all posts are stored, and the edited message does not change them. Tap a number in the receipt, then Correct.
edit-of-answer = An edited message does not change the answer that was taken. Tap ✏️ on the report, or Correct under its receipt.
draft-words = Message
draft-dropped-which =
    { $others ->
        [0] Draft dropped: { $title } of { $time }. Nothing was sent.
       *[other] Draft dropped: { $title } of { $time }. { $others } more drafts: /my
    }
which-post-code = { $title }: type the code of the post, such as <code>#012</code>.

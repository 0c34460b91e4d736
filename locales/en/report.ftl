# Filing a report: questions, problems, receipts.
form-example =
    <b>{ $title }</b> · { $post }
    One line is enough, for example:
    <code>{ $example }</code>
ask-field = { $hint }
ask-again = { $label } was not understood. { $hint }
which-post = Which post is this report for?
post-ambiguous = “#{ $token }” fits several of your posts. Choose one:
post-not-yours = “#{ $token }” is not one of your posts. Choose yours:
no-post = You are not assigned to a post that files this report. Ask your coordinator for an officer's invitation.
edit-files-nothing = That report is stored; editing the message does not change it. Send a new report with { $command }.
not-understood = That is not a report yet. Write for example:
example = <code>{ $line }</code>
media-alone = Photos, locations and files cannot be kept yet. Put the report in words: /status or /incident
media-not-kept = 📎 The photo or file cannot be kept yet; the words are stored.
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
problem-over-field = { $label }: { $value } is more than { $other } ({ $limit }). Type it again.
problem-over-post = { $label }: { $value } is more than the { $attribute } ({ $limit }). Type it again.
problem-text-too-short = { $label } is too short (letters: { $length }, at least { $min }).
problem-text-too-long = { $label } is too long (letters: { $length }, at most { $max }). Type a shorter one.
problem-too-few = { $label }: choose at least { $min }; chosen: { $count }.
problem-too-many = { $label }: choose at most { $max }; chosen: { $count }.
problem-not-for-post = { $label } is not asked of { $post_kind }.
problem-not-asked = { $label } is only given with certain answers to { $other }.
problem-post-twice = One report is for one post, but #{ $first } and #{ $second } were named. Choose one:
problem-left-over = “{ $text }” cannot be read in this report.

# Files that people send.
evidence-received = 📎 <b>{ $number }</b>: { $count ->
    [one] { $count } file received
   *[other] { $count } files received
}
evidence-received-more = 📎 <b>{ $number }</b>: { $count ->
    [one] { $count } file received, { $total } in all
   *[other] { $count } files received, { $total } in all
}
evidence-joined = 📎 These files belong to the report below now.
evidence-program = 📎 “{ $name }” was not kept: programs can damage a computer. Send a photo, a video, sound or a PDF.
evidence-archive = 📎 “{ $name }” was not kept: nobody can see into a ZIP or RAR file. Send what is in it, one by one.
evidence-page = 📎 “{ $name }” was not kept: a web page is no original. Send a screenshot or a PDF.
evidence-empty = 📎 “{ $name }” is empty (0 bytes). Check the file and send it again.
evidence-not-media = That cannot be evidence and was not kept. Send a photo, a video, sound or a document.
evidence-too-big =
    📎 This file is larger than 20 MB, so a bot cannot download it.
    It is noted and stays in Telegram: do not delete the message.
evidence-lost = 📎 One file for { $number } cannot be taken from Telegram any more. If it is still on your phone, send it once more.
evidence-as-file =
    📎 <b>{ $number }</b>: send the original photo, with its full quality and time.
    1. Android: tap 📎, choose <b>File</b>, then <b>Gallery</b>.
    2. iPhone: tap 📎, choose <b>File</b>, then <b>Choose from Gallery</b>.
    3. Pick the photo and send it here within 15 minutes, or reply to this message.
button-send-as-file = Send as a file
tap-not-your-report = That report is not yours.
alert-media-disk = ⚠️ Photos and other evidence cannot be kept yet: { $reason }. Check the disk space and the rights of the folder POSKO_MEDIA_DIR. Everything is noted and tried again.
alert-media-local = ⚠️ Photos and other evidence cannot be fetched yet: the Bot API server runs with --local. Run it without --local. Everything is noted and tried again.
alert-media-lost = ⚠️ Telegram no longer gives one file of evidence for { $number }. The sender was asked to send it again.
evidence-held =
    📎 Today there are { $most } files or { $size } MB already that belong to no report. Further files are noted, stay at Telegram, and are fetched as soon as their report is sent.
    Choose their report, and do not delete the messages.
evidence-report-full = 📎 { $number } has { $most } files already, so this one was not added. Send it to the bot in private as a new report.
report-full = 📎 { $number } has { $most } files already. Send this file as a new message, then choose its report.
tap-report-full = { $number } takes only { $most } files. Choose another report, or make a new one.

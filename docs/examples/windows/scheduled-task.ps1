# Verifies a peer every five minutes, as a service account of the machine.
# Run once, as an administrator. The last exit code of the program is in
#
#     (Get-ScheduledTaskInfo -TaskName 'DICOM verification').LastTaskResult

$arguments = '-to 5 -ta 10 -td 10 -aet CHECKER -aec PACS pacs.example.org 11112'
$action = New-ScheduledTaskAction `
  -Execute 'C:\Program Files\echoscu\echoscu.exe' -Argument $arguments
$trigger = New-ScheduledTaskTrigger -Once -At (Get-Date) `
  -RepetitionInterval (New-TimeSpan -Minutes 5)
$settings = New-ScheduledTaskSettingsSet `
  -MultipleInstances IgnoreNew -ExecutionTimeLimit (New-TimeSpan -Minutes 2)
$principal = New-ScheduledTaskPrincipal `
  -UserId 'NT AUTHORITY\LocalService' -LogonType ServiceAccount

Register-ScheduledTask -TaskName 'DICOM verification' -Action $action `
  -Trigger $trigger -Settings $settings -Principal $principal

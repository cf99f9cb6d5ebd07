"""What technicians and observers may not touch although they work with assets: dropdowns, components, papers, rules."""

from __future__ import annotations

DROPDOWNS = frozenset(
    (
        "AutoUpdateSystem Blacklist BlacklistedMailContent BusinessCriticity CableStrand CableType DatabaseInstanceCategory "
        "DatabaseInstanceType DocumentCategory DocumentType Manufacturer NetworkPortFiberchannelType PCIVendor "
        "PlanningEventCategory RequestType SolutionType USBVendor UserCategory UserTitle ValidationStep "
        "VirtualMachineState VirtualMachineSystem VirtualMachineType DeviceBattery DeviceCamera DeviceCase DeviceControl "
        "DeviceDrive DeviceFirmware DeviceGeneric DeviceGraphicCard DeviceHardDrive DeviceMemory DeviceMotherboard "
        "DeviceNetworkCard DevicePci DevicePowerSupply DeviceProcessor DeviceSensor DeviceSimcard DeviceSoundCard"
    ).split()
)
OF_SUPERVISORS = frozenset(
    (
        "Cable Calendar Domain Glpi\\Socket Holiday ITILCategory ITILFollowupTemplate ITILValidationTemplate "
        "KnowbaseItemCategory Location SolutionTemplate State TaskCategory TaskTemplate"
    ).split()
)
PAPERS = frozenset("Budget Contact Contract Supplier".split())
RULES = frozenset("Rule RuleAction RuleCriteria".split())
LOGS = frozenset(("Glpi\\Event",))
RECURRENT = frozenset(("TicketRecurrent", "RecurrentChange"))
CONFIGURED = frozenset(
    (
        "OAuthClient Webhook WebhookCategory QueuedWebhook AuthMail AuthLdapReplicate MailCollector NotImportedEmail "
        "FieldUnicity Link ManualLink CronTask CronTaskLog Plugin Notification NotificationTarget NotificationTemplate "
        "NotificationTemplateTranslation Notification_NotificationTemplate QueuedNotification SNMPCredential"
    ).split()
)
"""What only those who configure GLPI see; clients and webhooks were refused to a technician of 11.0.8."""
BY_MACHINES = frozenset(("Unmanaged", "Profile"))

BY_ANYBODY_ON_10 = frozenset(
    "Alert ImpactContext ImpactItem KnowbaseItem_Comment ObjectLock OlaLevel_Ticket SlaLevel_Ticket".split()
)
"""Types for which GLPI 10 names no right, so that its API refuses them to a super-admin too (seen on 10.0.19)."""
BY_TECHNICIANS = DROPDOWNS | OF_SUPERVISORS | PAPERS | RULES | LOGS | BY_MACHINES | CONFIGURED
BY_SUPERVISORS = DROPDOWNS | RULES | BY_MACHINES | CONFIGURED
BY_OBSERVERS = (
    (DROPDOWNS - {"DocumentType"}) | OF_SUPERVISORS | RULES | LOGS | RECURRENT | BY_MACHINES | CONFIGURED | {"Entity"}
)
"""As an 11.0.6 answers each of them; a profile that only reads sees all but what machines find."""

using System.Globalization;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Input;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Domain.Visits;

namespace ClinicBlazor.Tests.Support;

/// <summary>One list, search or page as somebody in the clinic asks for it.</summary>
/// <param name="Name">What is asked for.</param>
/// <param name="AskAsync">Asks; answers with how many rows came.</param>
public sealed record ListCall(string Name, Func<Task<int>> AskAsync)
{
    /// <summary>Name of the call that has the rules of alerts ask.</summary>
    public const string Judging = "alerts: judging the trail";

    /// <summary>All of them, for the people of a <see cref="BigClinic"/>, of whom one did most of what the trail tells.</summary>
    public static async Task<IReadOnlyList<ListCall>> AllAsync(DomainHost host, TestPerson doctorPerson, TestPerson busyPerson,
        TestPerson patientPerson, Guid ownPatient, Guid recordId, Guid billedVisit)
    {
        var people = host.People;
        var doctor = await people.ActorAsync(doctorPerson);
        var patient = await people.ActorAsync(patientPerson);
        var reception = await people.ActorAsync(await people.AddStaffAsync(Roles.Reception));
        var administratorPerson = await people.AddStaffAsync(Roles.Administrator);
        var administrator = await people.ActorAsync(administratorPerson);
        var (patients, records, accounts, audit) = (host.Get<PatientService>(), host.Get<RecordService>(), host.Get<AccountService>(),
            host.Get<AuditService>());
        var visits = host.Get<VisitHistoryService>();
        var billing = host.Get<BillingReader>();
        var documents = host.Get<DocumentService>();
        var ct = CancellationToken.None;
        var day = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var page = (await patients.ListAsync(reception, new PatientQuery(), ct)).Value.Next;
        var staffPage = (await accounts.ListAsync(administrator, new AccountQuery(Roles: Roles.Patient), ct)).Value.Next;
        var firstNumber = (await patients.GetAsync(patient, patient.PatientId!.Value, ct)).Value.Number;
        var auditPage = (await audit.ListAsync(administrator, new AuditQuery(), ct)).Value.Next;

        var alertPage = (await host.Get<AlertService>().ListAsync(administrator, new AlertQuery(), ct)).Value.Next;
        var openPage = (await billing.ListOpenAsync(reception, null, known: null, ct)).Value.Next;

        ListCall Patients(string name, Actor actor, PatientQuery query) =>
            new($"patients: {name}", async () => (await patients.ListAsync(actor, query, ct)).Value.Items.Count);
        ListCall Accounts(string name, AccountQuery query) =>
            new($"accounts: {name}", async () => (await accounts.ListAsync(administrator, query, ct)).Value.Items.Count);
        ListCall Audit(string name, AuditQuery query) =>
            new($"audit: {name}", async () => (await audit.ListAsync(administrator, query, ct)).Value.Items.Count);
        ListCall Alerts(string name, AlertQuery query) =>
            new($"alerts: {name}", async () => (await host.Get<AlertService>().ListAsync(administrator, query, ct)).Value.Items.Count);
        return
        [
            Patients("all", reception, new()), Patients("next page", reception, new(After: page)),
                Patients("a common word", reception, new("smith")),
            Patients("the beginning of a word", reception, new("fam")), Patients("two words", reception, new("given0007 family0")),
                Patients("nobody", reception, new("zzyzx")),
            Patients("a number", reception, new("1000007")), Patients("a phone", reception, new("+1 555 010 0100")),
            Patients("a birth date", reception, new("1960-05-17")), Patients("a doctor's", doctor, new()),
                Patients("a doctor's by word", doctor, new("own")),
            Patients("a doctor's by a common word", doctor, new("smith")),
            new("duplicates",
                async () =>
                (await patients.DuplicatesAsync(reception,
                new NewPatient("Given0007", "Smith", "1960-05-17", Sex.Female, "+1 555 010 0100"), ct)).Value.Count),
            new("a chart", async () => (await patients.GetAsync(doctor, ownPatient, ct)).Value.Staff.Count),
            new("records: assigned", async () => (await records.ListAssignedAsync(doctor, null, ct)).Value.Items.Count),
            new("records: to diagnose", async () => (await records.ListWaitingAsync(doctor, null, ct)).Value.Items.Count),
            new("records: the next one", async () => (await records.FindNextWaitingAsync(doctor, ct)).Value is null ? 0 : 1),
            new("records: of a patient", async () => (await records.ListAsync(doctor, ownPatient, null, ct)).Value.Items.Count),
            new("records: one's own", async () => (await records.ListAsync(patient, patient.PatientId!.Value, null, ct)).Value.Items.Count),
            new("records: answered", async () => (await records.CountOwnAnsweredAsync(patient, ct)).Value),
            new("a record", async () => (await records.GetAsync(patient, recordId, ct)).Value is null ? 0 : 1),
            new("documents: of a chart", async () => (await documents.ListAsync(doctor, ownPatient, null, false, ct)).Value.Items.Count),
            new("documents: of a chart, with errors",
                async () => (await documents.ListAsync(doctor, ownPatient, null, true, ct)).Value.Items.Count),
            new("documents: one's own",
                async () => (await documents.ListAsync(patient, patient.PatientId!.Value, null, false, ct)).Value.Items.Count),
            new("documents: of a record", async () => (await documents.ListOfRecordAsync(patient, recordId, ct)).Value.Count),
            new("documents: of a visit", async () => (await documents.ListOfVisitAsync(patient, billedVisit, ct)).Value.Count),
            new("documents: not sent", async () => (await documents.ListUnattachedAsync(patient, ct)).Value.Count),
            new("documents: to be scanned", () => host.Get<DocumentScanner>().ScanAsync(ct)),
            new("who looked", async () => (await audit.OwnAccessHistoryAsync(patient, ct)).Value.Looks.Count),
            new("looks not recognised",
                async () => (await host.Get<LookReportService>().ListOpenAsync(administrator, ct)).Value.Count),
            new("archives of the trail",
                async () => (await host.Get<AuditArchiveService>().ReadAsync(administrator, ct)).Value.Archives.Count),
            new("months of the trail",
                async () => (await host.Get<AuditReviewService>().ListAsync(administrator, ct)).Value.Count),
            new("months of the trail: how many to sign off",
                async () => (await host.Get<AuditReviewService>().CountUnsignedAsync(administrator, ct)).Value),
            new("care team: candidates",
                async () => (await host.Get<CareTeamService>().CandidatesAsync(reception, ownPatient, ct)).Value.Count),
            new("the queue", async () => (await host.Get<QueueService>().ListAsync(reception, new HashSet<Guid>(), ct)).Value.Rows.Count),
            new("visits of a patient", async () => (await visits.ListAsync(reception, ownPatient, null, ct)).Value.Items.Count),
            new("visits of a patient, next page", async () => (await visits.ListAsync(reception, patient.PatientId!.Value,
                PageCursor.Write($"{host.Clock.GetUtcNow().UtcTicks}", $"{Guid.CreateVersion7():D}"), ct)).Value.Items.Count),
            new("a bill",
                async () => (await billing.GetAsync(reception, patient.PatientId.Value, billedVisit, again: false, ct)).Value.Lines.Count),
            new("open balances", async () => (await billing.ListOpenAsync(reception, null, known: null, ct)).Value.Items.Count),
            new("open balances, next page",
                async () => (await billing.ListOpenAsync(reception, openPage, known: null, ct)).Value.Items.Count),
            new("visit: candidates",
                async () => (await host.Get<VisitStaffService>().CandidatesAsync(reception, ownPatient, ct)).Value.Count),
            Accounts("staff", new()), Accounts("a role", new(Roles: Roles.Doctor)), Accounts("patients", new(Roles: Roles.Patient)),
            Accounts("patients, next page", new(Roles: Roles.Patient, After: staffPage)), Accounts("staff by word", new("person")),
                Accounts("staff of a patients' name", new("smith")),
            Accounts("a role by word", new("person", Roles.Doctor)), Accounts("patients by word", new("smith", Roles.Patient)),
            Accounts("patients by two words", new("smith family0", Roles.Patient)), Accounts("by address", new(administratorPerson.Email)),
            new("roles that wait", async () => (await host.Get<RoleGrantService>().ListAsync(administrator, ct)).Value.Count),
            new("where one is signed in", async () => (await host.Get<OwnSessionService>().ListAsync(doctor, ct)).Value.Count),
            Audit("all", new()), Audit("next page", new(After: auditPage)), Audit("a day", new(day, day)),
                Audit("a day long ago", new(day.AddDays(-9000), day.AddDays(-8999))),
            Audit("a busy person", new(Who: doctorPerson.Email)), Audit("a common name", new(Who: "smith")),
                Audit("a person's act", new(Who: "smith", Act: AuditAct.SignIn)),
            Audit("somebody who did most", new(Who: busyPerson.Email)),
                Audit("what somebody who did most never did", new(Who: busyPerson.Email, Act: AuditAct.RecordRead)),
                Audit("what most did of somebody who did little", new(Who: doctorPerson.Email, Act: AuditAct.RecordRead)),
                Audit("refusals of somebody who did most", new(Who: busyPerson.Email, Outcome: AuditOutcome.Denied)),
            Audit("a patient", new(PatientNumber: int.Parse("1000007", CultureInfo.InvariantCulture))),
                Audit("an act", new(Act: AuditAct.RolesGiven)),
            Audit("a patient of every list", new(PatientNumber: firstNumber)),
                Audit("a patient of every list, oldest first", new(PatientNumber: firstNumber, OldestFirst: true)),
            Audit("a patient of every list on a day", new(day.AddDays(-9000), day.AddDays(-8999), PatientNumber: firstNumber)),
                Audit("a patient's lists", new(PatientNumber: 1_000_007, Act: AuditAct.PatientsListed)),
            Audit("a patient and a person", new(Who: doctorPerson.Email, PatientNumber: 1_000_007)),
            Audit("refusals", new(Outcome: AuditOutcome.Denied)),
                Audit("failures of an act", new(Act: AuditAct.SignIn, Outcome: AuditOutcome.Failed)),
                Audit("failures of an act that never fails", new(Act: AuditAct.PatientRead, Outcome: AuditOutcome.Failed)),
            Alerts("open", new()), Alerts("open, next page", new(After: alertPage)), Alerts("acknowledged", new(Acknowledged: true)),
            Alerts("open, of a common kind", new(Kind: AlertKind.AttackInput)),
                Alerts("open, of a kind that there is none of", new(Kind: AlertKind.TrailBroken)),
            Alerts("acknowledged, of a common kind", new(Acknowledged: true, Kind: AlertKind.Denials)),
                Alerts("acknowledged, of a kind that is always open", new(Acknowledged: true, Kind: AlertKind.AttackInput)),
            Alerts("a day", new(From: day.AddDays(-50), To: day.AddDays(-50))),
                Alerts("a kind on a day", new(Kind: AlertKind.AttackInput, From: day.AddDays(-50), To: day.AddDays(-50))),
            new("alerts: how many", async () => (await host.Get<AlertService>().CountOpenAsync(administrator, ct)).Value),
            new(Judging, async () =>
            {
                await host.Get<AuditSealer>().SealPendingAsync(ct);
                return await host.Get<AlertWatcher>().JudgeAsync(ct);
            }),
        ];
    }
}

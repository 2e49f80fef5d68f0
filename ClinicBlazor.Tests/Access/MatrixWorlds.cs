using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>Arranges the worlds of cells of the matrix, all in one transaction: one for each method and asker.</summary>
internal sealed class MatrixWorlds(DomainHost host)
{
    private static readonly string[] Billing = [nameof(BillingReader), nameof(BillingService), nameof(ClearanceService)];

    private readonly FieldProtector protector = host.Get<FieldProtector>();
    private int counter = 100_000;

    public async Task<IReadOnlyDictionary<(AccessCase, Asker), MatrixWorld>> ArrangeAsync(IEnumerable<Cell> cells)
    {
        var worlds = new List<MatrixWorld>();
        await host.ArrangeAsync(db => db.AddRange(new[] { "FEE", "OLD" }.Select(code => new Price
        {
            Id = host.Clock.NewId(), Code = code, Name = "Consultation", Cents = 4000, Currency = "USD", IsConsultation = false,
        })));
        await host.ArrangeAsync(db => worlds.AddRange(
            from world in cells.Select(cell => (cell.Case, cell.Asker)).Distinct()
            select AddWorld(db, world.Case, world.Asker)));
        foreach (var chart in worlds.Where(world => world.Case.Method.StartsWith("AmendmentService.", StringComparison.Ordinal))
            .SelectMany(world => world.Charts.Select(chart => (chart, world.MemberId))))
        {
            await SignAsync(chart.chart.RecordId, chart.MemberId);
        }

        await AddDocumentsAsync(worlds.Where(world =>
            world.Case.Method.StartsWith($"{nameof(DocumentService)}.", StringComparison.Ordinal)).ToList());
        return worlds.ToDictionary(world => (world.Case, world.Asker));
    }

    // What a patient has not sent yet is the asker's own; else a document hangs on the record and on the visit.
    private async Task AddDocumentsAsync(IReadOnlyList<MatrixWorld> worlds)
    {
        await using var db = await host.OpenAsync();
        var askers = await db.Set<Account>().Where(account => account.PatientId != null)
            .ToDictionaryAsync(account => account.PatientId!.Value, account => account.Id);
        var documents = new List<Document>();
        foreach (var world in worlds)
        {
            var isUnsent = world.Case.Permission == Permission.RecordDescribe;
            foreach (var chart in world.Charts)
            {
                var what = isUnsent ? new NewDocument(chart.PatientId, "Photo.jpg")
                    : new NewDocument(chart.PatientId, "Photo.jpg", chart.RecordId, chart.VisitId);
                var author = isUnsent ? askers.GetValueOrDefault(world.Own.PatientId, world.MemberId) : world.MemberId;
                documents.Add(await TestDocuments.MakeAsync(host, what, author, isUnsent, chart.DocumentId));
            }
        }

        await host.ArrangeAsync(arranged => arranged.AddRange(documents));
    }

    private async Task SignAsync(Guid recordId, Guid accountId)
    {
        await using var db = await host.OpenAsync();
        var record = await db.Set<MedicalRecord>().AsTracking().SingleAsync(row => row.Id == recordId);
        var versions = await db.Set<Diagnosis>().Where(row => row.RecordId == recordId).OrderByDescending(row => row.Revision)
            .ToListAsync();
        db.Set<Signature>().Add(await host.Get<RecordSigner>().SignAsync(db, record, versions, accountId, CancellationToken.None));
        record.Finalise();
        await db.SaveChangesAsync();
    }

    private MatrixWorld AddWorld(ClinicDbContext db, AccessCase accessCase, Asker asker)
    {
        var colleague = AddAccount(db, Roles.Doctor);
        var desk = AddAccount(db, Roles.Reception);
        var member = AddAccount(db, Roles.Doctor, isConfirmed: accessCase.Method != "AccountService.InviteAgainAsync");
        Start(db, member, SessionStage.Full);
        MatrixChart[] charts = [
            .. Enumerable.Range(0, 4).Select(_ => AddChart(db, member, desk, accessCase.Method, asker))];
        if (accessCase.Method is "AccountLinkService.ConfirmAsync" or "AccountLinkService.EndAsync")
        {
            Array.ForEach(charts, chart => AskForLink(db, chart.PatientId, member));
        }

        if (accessCase.Method == "VisitStaffService.LeaveAsync")
        {
            Array.ForEach(charts, chart => Assign(db, member, chart.PatientId, chart.VisitId));
        }

        var passkeyId = host.Clock.NewId();
        var grantId = host.Clock.NewId();
        db.Set<RoleGrant>().Add(new RoleGrant
        {
            Id = grantId, AccountId = member.Id, Roles = Roles.Administrator, InsteadOf = Roles.None, GivenBy = colleague.Id,
            GivenAt = host.Clock.Now(),
        });
        var token = asker == Asker.Anonymous ? null : AddAsker(db, asker, passkeyId, charts[0], charts[1], charts[2]);
        if (accessCase.Method == "VisitService.UndoAsync")
        {
            // The last act on each visit was the asker's own.
            var self = db.ChangeTracker.Entries<Account>().Select(entry => entry.Entity).Last(account => account.Roles != Roles.Patient);
            Array.ForEach(charts, chart => db.Add(db.Set<Visit>().Local.Single(visit => visit.Id == chart.VisitId)
                .Do(VisitAct.StartTriage, new VisitStep(host.Clock.NewId(), self.Id, host.Clock.Now()))));
        }

        return new MatrixWorld(accessCase, asker, token, charts[0], charts[1], charts[2], charts[3], colleague.Id, member.Id, passkeyId,
            grantId);
    }

    private string AddAsker(ClinicDbContext db, Asker asker, Guid passkeyId, MatrixChart own, params MatrixChart[] assigned)
    {
        // Somebody half signed in holds every role of the staff, and none of it may count yet.
        var roles = Enum.TryParse<Roles>(asker.ToString(), out var role) ? role : Roles.Staff;
        var account = AddAccount(db, roles, enrolled: asker != Asker.AwaitingEnrolment);
        account.LinkTo(own.PatientId);
        db.Set<Passkey>().Add(TestPasskeys.Row(account.Id, host.Clock.Now(), passkeyId));
        Array.ForEach(assigned, chart => Assign(db, account, chart.PatientId));
        return Start(db, account, asker == Asker.AwaitingSecondFactor ? SessionStage.AwaitingSecondFactor : SessionStage.Full);
    }

    private string Start(ClinicDbContext db, Account account, SessionStage stage) =>
        host.Get<SessionService>().Start(db, account, stage, TestPeople.Client).Token;

    private Account AddAccount(ClinicDbContext db, Roles roles, bool enrolled = true, bool isConfirmed = true)
    {
        var account = new Account(host.Clock.NewId(), $"matrix{++counter}@test.example", $"Matrix {counter}", roles);
        account.SetPassword("no password opens this");
        if (isConfirmed)
        {
            account.ConfirmEmail();
        }

        if (enrolled && roles.HasAny(Roles.Staff))
        {
            account.CompleteEnrolment(step: 0);
        }

        db.Set<Account>().Add(account);
        return account;
    }

    private MatrixChart AddChart(ClinicDbContext db, Account member, Account opener, string method, Asker asker)
    {
        var patientId = host.Clock.NewId();
        var patient = new Patient { Id = patientId, Number = ++counter, RegisteredAt = host.Clock.Now() };
        patient.Identify("Mat", "Rix", new DateOnly(1970, 1, 1), Sex.Unknown);
        var ssn = $"900{counter:D6}";
        patient.SetIdentifiers(
            protector.Seal(ssn, FieldPlace.Of<Patient>(patientId, new(patientId), nameof(Patient.Ssn))),
                host.Get<BlindIndex>().Of(nameof(Patient.Ssn), ssn), tin: null);
        db.Set<Patient>().Add(patient);
        Assign(db, member, patientId);

        var record = AddRecord(db, patientId, member);
        var (visit, begun) = Visit.CheckIn(host.Clock.NewId(), patientId, doctorId: null,
            new VisitStep(host.Clock.NewId(), opener.Id, host.Clock.Now()));
        if (method != "VisitService.StartAsync")
        {
            db.AddRange(visit, begun);
        }

        if (Billing.Any(service => method.StartsWith($"{service}.", StringComparison.Ordinal)))
        {
            // Whose list it is finds its own on the first page.
            AddInvoice(db, visit, method, isOldest: method == "BillingReader.ListOpenAsync" && asker == Asker.Reception);
        }

        var unlinked = AddAccount(db, Roles.Patient);
        return new MatrixChart(patientId, patient.Number, record.Id, record.Version, visit.Id, host.Clock.NewId(), unlinked.Email!);
    }

    private void AddInvoice(ClinicDbContext db, Visit visit, string method, bool isOldest)
    {
        var invoice = new Invoice
        {
            Id = host.Clock.NewId(), VisitId = visit.Id, PatientId = visit.PatientId, Number = ++counter, Currency = "USD",
            OpenedAt = host.Clock.Now().AddHours(isOldest ? -1 : 0),
        };
        db.Add(invoice);
        var open = new OpenLedger(invoice, new Ledger("USD", [], host.Clock), host.Clock.Now());
        LedgerLine[] lines =
        [
            new(LedgerKind.Charge, 4000), new(LedgerKind.Charge, 4000), new(LedgerKind.Payment, 1500), new(LedgerKind.Waiver, 500),
            new(LedgerKind.Approval, 1000) { EndsAt = host.Clock.Now().AddDays(30) },

            // It would be in the way of who says so, and of who goes on without clearance.
            .. method == "ClearanceService.WithdrawEmergencyAsync" ? [new LedgerLine(LedgerKind.Emergency)] : Array.Empty<LedgerLine>(),
        ];
        Array.ForEach(lines, line => host.Get<Ledgers>().Add(db, open, accountId: null, line));
    }

    private MedicalRecord AddRecord(ClinicDbContext db, Guid patientId, Account author)
    {
        var (id, diagnosisId) = (host.Clock.NewId(), host.Clock.NewId());
        var record = new MedicalRecord
        {
            Id = id,
            PatientId = patientId,
            AuthorId = author.Id,
            OnBehalf = true,
            Symptoms = protector.Seal("Itching.", FieldPlace.Of<MedicalRecord>(id, new(patientId), nameof(MedicalRecord.Symptoms))),
            CreatedAt = host.Clock.Now(),
        };
        db.Set<MedicalRecord>().Add(record);
        db.Set<Diagnosis>().Add(new Diagnosis
        {
            Id = diagnosisId,
            PatientId = patientId,
            RecordId = id,
            Revision = 1,
            Text = protector.Seal("Perhaps an allergy.",
                FieldPlace.Of<Diagnosis>(diagnosisId, Diagnosis.OwnerOf(patientId, id), nameof(Diagnosis.Text))),
            Certainty = Certainty.Differential,
            AuthorId = author.Id,
            RecordedAt = host.Clock.Now(),
        });
        return record;
    }

    private void AskForLink(ClinicDbContext db, Guid patientId, Account requester) => db.Set<AccountLink>().Add(new AccountLink
    {
        Id = host.Clock.NewId(),
        PatientId = patientId,
        AccountId = AddAccount(db, Roles.Patient).Id,
        Document = IdentityDocument.Passport,
        RequestedBy = requester.Id,
        RequestedAt = host.Clock.Now(),
        DueAt = host.Clock.Now().AddHours(PowerNotices.HoursToObject),
    });

    private void Assign(ClinicDbContext db, Account account, Guid patientId, Guid? visitId = null) =>
        db.Set<AccessGrant>().Add(new AccessGrant
        {
            Id = host.Clock.NewId(),
            PatientId = patientId,
            AccountId = account.Id,
            Kind = visitId is null ? GrantKind.CareTeam : GrantKind.Visit,
            VisitId = visitId,
            StartsAt = host.Clock.Now().AddDays(-1),
        });
}

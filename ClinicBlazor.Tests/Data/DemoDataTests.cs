using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Data;

/// <summary>The made-up clinic.</summary>
public sealed class DemoDataTests
{
    [Fact]
    [Trait("Requirement", "B-08")]
    public async Task Charts_OfTheDemo_HaveTheHistoryThatTheyShow()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        Assert.True(await host.Get<DemoData>().SeedAsync(default));

        await using var db = await host.OpenAsync();
        var told = (await db.Set<AuditEntry>().ToListAsync())
            .Select(entry => (entry.Act, entry.AccountId, entry.PatientId, entry.RecordId, entry.VisitId, entry.SubjectId, entry.At))
            .ToHashSet();
        var reception = await db.Set<Account>().Where(row => row.Roles == Roles.Reception).Select(row => (Guid?)row.Id).SingleAsync();
        var happened = new List<(AuditAct, Guid?, Guid?, Guid?, Guid?, Guid?, DateTimeOffset)>();
        happened.AddRange((await db.Set<Patient>().ToListAsync()).Select(row =>
            (AuditAct.PatientCreated, reception, (Guid?)row.Id, (Guid?)null, (Guid?)null, (Guid?)null, row.RegisteredAt)));
        happened.AddRange((await db.Set<AccessGrant>().ToListAsync()).Select(row =>
            (AuditAct.CareTeamJoined, reception, (Guid?)row.PatientId, (Guid?)null, (Guid?)null, (Guid?)row.AccountId, row.StartsAt)));
        happened.AddRange((await db.Set<VisitEvent>().ToListAsync()).Select(row =>
            (row.Act == VisitAct.Plan ? AuditAct.VisitPlanned : VisitTransitions.Of(row.Act).AuditAct, row.AccountId, (Guid?)row.PatientId,
                (Guid?)null, (Guid?)row.VisitId, (Guid?)null, row.At)));
        happened.AddRange((await db.Set<MedicalRecord>().ToListAsync()).Select(row =>
            (AuditAct.RecordCreated, (Guid?)row.AuthorId, (Guid?)row.PatientId, (Guid?)row.Id, (Guid?)null, (Guid?)null, row.CreatedAt)));
        happened.AddRange((await db.Set<Diagnosis>().ToListAsync()).Select(row =>
            (AuditAct.DiagnosisSaved, (Guid?)row.AuthorId, (Guid?)row.PatientId, (Guid?)row.RecordId, (Guid?)null, (Guid?)null,
                row.RecordedAt)));
        happened.AddRange((await db.Set<Signature>().ToListAsync()).Select(row =>
            (AuditAct.RecordSigned, (Guid?)row.AccountId, (Guid?)row.PatientId, (Guid?)row.RecordId, (Guid?)null, (Guid?)null,
                row.SignedAt)));
        happened.AddRange((await db.Set<Document>().ToListAsync()).Select(row =>
            (AuditAct.DocumentAdded, (Guid?)row.AddedById, (Guid?)row.PatientId, row.RecordId, row.VisitId, (Guid?)null, row.AddedAt)));
        Assert.True(happened.Count > 500, $"{happened.Count} things happened.");
        Assert.DoesNotContain(happened, thing => !told.Contains(thing));
    }

    [Fact]
    [Trait("Requirement", "S2-08")]
    public async Task Morning_OfTheDemo_HasVisitsInEveryState()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<DemoData>().SeedAsync(default);

        await using var db = await host.OpenAsync();
        var visits = await db.Set<Visit>().ToListAsync();
        Assert.InRange(visits.Count, 25, 35);
        Assert.Equal(Enum.GetValues<VisitStatus>(), visits.Select(visit => visit.Status).Distinct().Order());
        var mistaken = visits.First(visit => visit.Status == VisitStatus.EnteredInError);
        Assert.Equal(0, (await db.Set<Invoice>().SingleAsync(invoice => invoice.VisitId == mistaken.Id)).OpenCents);
        var told = await db.Set<VisitEvent>().SingleAsync(done => done.VisitId == mistaken.Id && done.Act == VisitAct.MarkInError);
        Assert.NotEmpty(host.Get<FieldProtector>().Open(told.Reason!, FieldPlace.Of(told, nameof(VisitEvent.Reason))));
        Assert.DoesNotContain(visits, visit => visit.Status != VisitStatus.Planned && visit.Since > host.Clock.Now());
    }

    [Fact]
    [Trait("Requirement", "S4-10")]
    public async Task Alerts_OfTheDemo_ShowEachStateAndItsPastRaisesNoOthers()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<DemoData>().SeedAsync(default);
        await host.Get<AuditSealer>().SealPendingAsync(default);
        await host.Get<AlertWatcher>().JudgeAsync(default);

        await using var db = await host.OpenAsync();
        var alerts = await db.Set<Alert>().ToListAsync();
        Assert.Equal([AlertKind.FailedSignIns, AlertKind.Denials, AlertKind.SessionMoved, AlertKind.PowerChanged],
            alerts.Select(alert => alert.Kind).Order());
        var looked = Assert.Single(alerts, alert => alert.AcknowledgedAt is not null);
        Assert.Equal(AlertKind.PowerChanged, looked.Kind);
        Assert.NotEmpty(host.Get<FieldProtector>().Open(looked.Note!, FieldPlace.Of(looked, nameof(Alert.Note))));
        Assert.Empty(await db.Set<QueuedNotice>().ToListAsync());
    }

    [Fact]
    [Trait("Requirement", "S4-11")]
    public async Task Months_OfTheDemo_AreSignedOffButTheLast()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<DemoData>().SeedAsync(default);
        var administrator = await host.People.ActorAsync(await host.People.AddStaffAsync(Roles.Administrator));
        var reviews = host.Get<AuditReviewService>();

        var rows = (await reviews.ListAsync(administrator, default)).Value;

        Assert.Equal((12, 1), (rows.Count, (await reviews.CountUnsignedAsync(administrator, default)).Value));
        Assert.Null(rows[0].SignedAt);
        Assert.All(rows.Skip(1), row => Assert.Equal("Ian Innes", row.SignedBy));
        Assert.Contains(rows, row => row.Figures?.Counts[AuditFigure.Entries] > 0);
        await using var db = await host.OpenAsync();
        Assert.Equal((await new AuditCounter(db, rows[1].Month, default).CountAsync()).Write(), rows[1].Figures!.Write());
    }

    [Fact]
    [Trait("Requirement", "S4-06")]
    public async Task Documents_OfTheDemo_AreOfEachKindAndOpen()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<DemoData>().SeedAsync(default);

        await using var db = await host.OpenAsync();
        var documents = (await db.Set<Document>().ToListAsync()).OrderBy(row => row.Format).ToList();
        Assert.Equal([(DocumentFormat.Pdf, false), (DocumentFormat.Png, true), (DocumentFormat.PlainText, false)],
            documents.Select(row => (row.Format, row.HasThumbnail)));
        foreach (var document in documents)
        {
            await using var content = await host.Get<DocumentReader>().OpenAsync(document, thumbnail: document.HasThumbnail, default);
            Assert.True(content.Bytes > 100);
        }
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public async Task Trail_OfTheDemo_IsIntactAndInTheOrderOfTime()
    {
        await using var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<DemoData>().SeedAsync(default);
        while (await host.Get<AuditSealer>().SealPendingAsync(default) > 0)
        {
        }

        await using var db = await host.OpenAsync();
        var verification = await host.Get<AuditVerifier>().VerifyAsync(db, progress: null, default);
        Assert.Empty(verification.Breaks);
        Assert.Equal(0, verification.Pending);
        var times = (await db.Set<AuditEntry>().ToListAsync()).OrderBy(entry => entry.Id.ToString(), StringComparer.Ordinal)
            .Select(entry => entry.At.ToUnixTimeMilliseconds()).ToList();
        Assert.Equal(times.Order(), times);
    }
}

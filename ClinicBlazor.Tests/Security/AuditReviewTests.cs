using System.Data.Common;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Security;

/// <summary>Each month's audit is counted, looked through and signed for, once.</summary>
[Trait("Requirement", "S4-11")]
public abstract class AuditReviewTests(DatabaseKind kind) : IAsyncLifetime
{
    private static readonly DateOnly March = new(2026, 3, 1);

    private DomainHost? host;

    public sealed class OnSqlite() : AuditReviewTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AuditReviewTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private AuditReviewService Reviews => Host.Get<AuditReviewService>();

    public async Task InitializeAsync() => host = await DomainHost.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task ListAsync_OfAYoungClinic_BeginsWithItsFirstMonthAndLeavesThePresentOneOut()
    {
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        Assert.Empty((await Reviews.ListAsync(await ActorAsync(administrator), default)).Value);

        Host.Clock.Advance(TimeSpan.FromDays(62));
        var later = await Host.People.AddStaffAsync(Roles.Administrator);

        Assert.Equal([new DateOnly(2026, 4, 1), March],
            (await Reviews.ListAsync(await ActorAsync(later), default)).Value.Select(row => row.Month));
        Host.Clock.Advance(TimeSpan.FromDays(500));
        later = await Host.People.AddStaffAsync(Roles.Administrator);
        Assert.Equal(12, (await Reviews.ListAsync(await ActorAsync(later), default)).Value.Count);
    }

    [Fact]
    public async Task CountUnsignedAsync_BesideALink_CountsWhatNobodySignedAndWritesNoEntry()
    {
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        Assert.Equal(0, (await Reviews.CountUnsignedAsync(await ActorAsync(administrator), default)).Value);
        Host.Clock.Advance(TimeSpan.FromDays(62));
        var later = await Host.People.AddStaffAsync(Roles.Administrator);
        await Reviews.SignOffAsync(await ActorAsync(later), March, "", default);
        var before = (await AuditSamples.ReadAsync(Host)).Count;

        Assert.Equal(1, (await Reviews.CountUnsignedAsync(await ActorAsync(later), default)).Value);

        Assert.Equal(before, (await AuditSamples.ReadAsync(Host)).Count);
    }

    [Fact]
    public async Task ReadAsync_OfAMonth_CountsWhatHappenedInItAndNothingElse()
    {
        var doctor = await Host.People.AddStaffAsync(Roles.Doctor);
        var patientId = await Host.People.AddChartAsync(ssn: "900-12-3455");
        await Host.People.AssignAsync(doctor, patientId);
        var foreign = await Host.People.AddChartAsync();
        var patients = Host.Get<PatientService>();
        await patients.GetAsync(await ActorAsync(doctor), patientId, default);
        await patients.GetAsync(await ActorAsync(doctor), patientId, default);
        await patients.GetAsync(await ActorAsync(doctor), foreign, default);
        await patients.ShowIdentifierAsync(await ActorAsync(doctor), patientId, IdentifierKind.Ssn, default);
        var client = Actor.Anonymous(TestPeople.Client);
        await Host.Get<SignInService>().PasswordAsync(client, doctor.Email, "wrong", default);
        await Host.Get<SignInService>().PasswordAsync(client, doctor.Email, TestPeople.Password, default);
        foreach (var act in (AuditAct[])
            [AuditAct.RolesGiven, AuditAct.AccountLinked, AuditAct.SessionClientChanged, AuditAct.AttackInputSeen, AuditAct.LookReported,
                AuditAct.LookReportAnswered])
        {
            await WriteAsync(act);
        }

        var written = await AuditSamples.ReadAsync(Host);
        Host.Clock.Advance(TimeSpan.FromDays(31));
        await WriteAsync(AuditAct.AttackInputSeen);
        var administrator = await ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));

        var figures = (await Reviews.ReadAsync(administrator, March, default)).Value.Figures;

        Assert.Null(figures.VerifiedAt);
        Assert.Equal(
            new Dictionary<AuditFigure, long>
            {
                [AuditFigure.Entries] = written.Count,
                [AuditFigure.People] = written.Select(entry => entry.AccountId).OfType<Guid>().Distinct().Count(),
                [AuditFigure.SignIns] = 1,
                [AuditFigure.FailedSignIns] = 1,
                [AuditFigure.Denials] = 1,
                [AuditFigure.AttackInput] = 1,
                [AuditFigure.ChartReads] = 2,
                [AuditFigure.IdentifiersShown] = 1,
                [AuditFigure.PowerChanges] = 2,
                [AuditFigure.SessionsMoved] = 1,
                [AuditFigure.LooksReported] = 1,
                [AuditFigure.LooksAnswered] = 1,
            },
            figures.Counts.OrderBy(row => row.Key).ToDictionary());
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public async Task ReadAsync_OfAMonthSinceWhichTheChainWasVerified_SaysHowItEnded()
    {
        var chain = await AuditSamples.WriteAsync(Host, 3);
        Host.Clock.Advance(TimeSpan.FromDays(31));
        var intruder = new Intruder(Host);
        await intruder.DropAuditTriggersAsync();
        await intruder.ExecuteAsync("DELETE FROM \"AuditEntries\" WHERE \"Id\" = @p0", chain[1].EntryId);
        await AuditSamples.VerifyAsync(Host);
        var administrator = await ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));

        var figures = (await Reviews.ReadAsync(administrator, March, default)).Value.Figures;

        Assert.Equal((Host.Clock.Now(), false), (figures.VerifiedAt, figures.Held));
    }

    [Fact]
    public async Task SignOffAsync_OfAMonth_KeepsWhatWasSignedFor()
    {
        await WriteAsync(AuditAct.PatientRead);
        Host.Clock.Advance(TimeSpan.FromDays(31));
        var administrator = await Host.People.AddStaffAsync(Roles.Administrator);
        var before = (await Reviews.ReadAsync(await ActorAsync(administrator), March, default)).Value.Figures;

        Assert.Equal(ErrorKind.Invalid,
            (await Reviews.SignOffAsync(await ActorAsync(administrator), March, new string('x', 501), default)).Error?.Kind);
        Assert.True((await Reviews.SignOffAsync(await ActorAsync(administrator), March, " A heliotrope remark. ", default)).IsSuccess);

        await AuditSamples.VerifyAsync(Host);
        var signed = (await Reviews.ReadAsync(await ActorAsync(administrator), March, default)).Value;
        Assert.Equal(before.Counts.OrderBy(row => row.Key), signed.Figures.Counts.OrderBy(row => row.Key));
        Assert.Null(signed.Figures.VerifiedAt);
        Assert.Equal((Host.Clock.Now(), "A heliotrope remark."), (signed.SignedAt, signed.Note));
        Assert.Equal((await ActorAsync(administrator)).DisplayName, signed.SignedBy);
        var row = Assert.Single((await Reviews.ListAsync(await ActorAsync(administrator), default)).Value);
        Assert.Equal((signed.SignedAt, signed.SignedBy), (row.SignedAt, row.SignedBy));
        Assert.Single(await AuditSamples.ReadAsync(Host), entry => entry.Act == AuditAct.AuditReviewSigned);
        var stored = Assert.IsType<byte[]>((await new Intruder(Host).QueryAsync("SELECT \"Note\" FROM \"AuditReviews\""))[0][0]);
        Assert.True(stored.AsSpan().IndexOf("heliotrope"u8) < 0);
    }

    [Theory]
    [InlineData("2026-04-01")]
    [InlineData("2026-05-01")]
    [InlineData("2026-03-02")]
    public async Task SignOffAsync_OfAMonthThatIsNotOverOrNone_IsRefused(string month)
    {
        Host.Clock.Advance(TimeSpan.FromDays(31));
        var administrator = await ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        var day = DateOnly.Parse(month, System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(ErrorKind.NotFound, (await Reviews.SignOffAsync(administrator, day, "", default)).Error?.Kind);
        Assert.Equal(ErrorKind.NotFound, (await Reviews.ReadAsync(administrator, day, default)).Error?.Kind);
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public async Task SignOffAsync_ByTwoAtOnce_IsDoneByOneOfThem()
    {
        Host.Clock.Advance(TimeSpan.FromDays(31));
        var two = new List<Actor>();
        for (var i = 0; i < 2; i++)
        {
            two.Add(await ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator)));
        }

        var answers = await Task.WhenAll(two.Select(actor => Task.Run(() => Reviews.SignOffAsync(actor, March, "", default))));

        Assert.Single(answers, answer => answer.IsSuccess);
        Assert.Single(answers, answer => answer.Error?.Kind == ErrorKind.Conflict);
        await using var db = await Host.OpenAsync();
        Assert.Equal(1, await db.Set<AuditReview>().CountAsync());
    }

    [Theory]
    [Trait("Requirement", "S2-13")]
    [InlineData("DELETE FROM \"AuditReviews\"")]
    [InlineData("UPDATE \"AuditReviews\" SET \"Figures\" = 'Entries=1'")]
    [InlineData("UPDATE \"AuditReviews\" SET \"ReviewedById\" = \"Id\"")]
    [InlineData("UPDATE \"AuditReviews\" SET \"Note\" = NULL")]
    public async Task Review_ThatWasSigned_ChangedPastTheApplication_IsRefusedByTheDatabase(string statement)
    {
        Host.Clock.Advance(TimeSpan.FromDays(31));
        var administrator = await ActorAsync(await Host.People.AddStaffAsync(Roles.Administrator));
        await Reviews.SignOffAsync(administrator, March, "Nothing to remark.", default);

        await Assert.ThrowsAnyAsync<DbException>(() => new Intruder(Host).ExecuteAsync(statement));

        Assert.Equal("Nothing to remark.", (await Reviews.ReadAsync(administrator, March, default)).Value.Note);
    }

    private Task<Actor> ActorAsync(TestPerson person) => Host.People.ActorAsync(person);

    private Task WriteAsync(AuditAct act) => Host.ArrangeAsync(db => Host.Get<AuditTrail>().Add(
        db, Actor.Anonymous(TestPeople.Client), new AuditTrace(act), AuditOutcome.Done, Host.Clock.Now()));
}

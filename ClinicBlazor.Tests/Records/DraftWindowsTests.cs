using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Records;

/// <summary>
/// One draft in two windows of its author, at the same moment: the second has found what it goes on with, and the first is
/// saved before it saves. No text replaces another unseen.
/// </summary>
[Trait("Requirement", "B-06")]
[Trait("Requirement", "B-07")]
public abstract class DraftWindowsTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;
    private TestPerson? patient;

    public sealed class OnSqlite() : DraftWindowsTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : DraftWindowsTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    private Guid PatientId => patient!.PatientId!.Value;

    private DraftService Drafts => Host.Get<DraftService>();

    public async Task InitializeAsync()
    {
        host = await interference.StartAsync(kind);
        patient = await Host.People.AddPatientAsync();
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SaveOverAsync_WhileTheOtherWindowSaves_KeepsTheFirstTextAndTellsTheSecond(bool hadDraft)
    {
        DateTimeOffset? found = hadDraft ? (await SaveAsync("Both began with this.", null)).Value : null;
        interference.BeforeNextSave(() => SaveAsync("The other window.", found));

        var late = await SaveAsync("This window.", found);

        Assert.Equal(ErrorKind.Conflict, late.Error?.Kind);
        Assert.Equal("The other window.", (await FindAsync())?.Body);
    }

    [Fact]
    public async Task SaveOverAsync_WithinOneMoment_TellsTheTextsApart()
    {
        var found = (await SaveAsync("Both began with this.", null)).Value;
        var saved = await SaveAsync("The other window.", found);

        var late = await SaveAsync("This window.", found);

        Assert.Equal(ErrorKind.Conflict, late.Error?.Kind);
        Assert.Equal(new SavedDraft("The other window.", saved.Value), await FindAsync());
    }

    [Fact]
    public async Task DiscardAsync_OfATextThatTheOtherWindowHasSavedSince_ThrowsNothingAway()
    {
        var found = (await SaveAsync("Both began with this.", null)).Value;
        await SaveAsync("The other window.", found);

        Assert.Equal(ErrorKind.Conflict, (await DiscardAsync(found)).Error?.Kind);

        Assert.Equal("The other window.", (await FindAsync())?.Body);
    }

    [Fact]
    public async Task DiscardAsync_WhileTheOtherWindowSaves_ThrowsNothingAway()
    {
        var found = (await SaveAsync("Both began with this.", null)).Value;
        interference.BeforeNextSave(() => SaveAsync("The other window.", found));

        Assert.Equal(ErrorKind.Conflict, (await DiscardAsync(found)).Error?.Kind);

        Assert.Equal("The other window.", (await FindAsync())?.Body);
    }

    [Fact]
    public async Task DiscardAsync_OfADraftThatIsGone_IsDone()
    {
        var found = (await SaveAsync("Both began with this.", null)).Value;

        Assert.True((await DiscardAsync(found)).IsSuccess);
        Assert.True((await DiscardAsync(found)).IsSuccess);

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task DescribeAsync_OfATextThatTheOtherWindowHasGoneOnWith_SendsNothingAndKeepsTheNewerOne()
    {
        var found = (await SaveAsync("Both began with this.", null)).Value;
        await SaveAsync("The other window.", found);

        var sent = await Host.Get<RecordService>()
            .DescribeAsync(await Host.People.ActorAsync(patient!), PatientId, new ProblemDescription("It hurts.") { Draft = found },
            default);

        Assert.Equal(ErrorKind.Conflict, sent.Error?.Kind);
        Assert.Equal("The other window.", (await FindAsync())?.Body);
    }

    [Fact]
    public async Task DescribeAsync_WhileTheOtherWindowGoesOn_SendsNothingAndKeepsItsText()
    {
        var found = (await SaveAsync("Both began with this.", null)).Value;
        interference.BeforeNextSave(() => SaveAsync("The other window.", found));

        var sent = await Host.Get<RecordService>()
            .DescribeAsync(await Host.People.ActorAsync(patient!), PatientId, new ProblemDescription("It hurts.") { Draft = found },
            default);

        Assert.Equal(ErrorKind.Conflict, sent.Error?.Kind);
        Assert.Equal("The other window.", (await FindAsync())?.Body);
        await using var db = await Host.OpenAsync();
        Assert.False(await db.Set<MedicalRecord>().AnyAsync(record => record.PatientId == PatientId));
    }

    private async Task<Result<DateTimeOffset>> SaveAsync(string body, DateTimeOffset? found) =>
        await Drafts.SaveOverAsync(await Host.People.ActorAsync(patient!), PatientId, DraftService.NewRecordForm, body, found, default);

    private async Task<Result<Done>> DiscardAsync(DateTimeOffset? found) =>
        await Drafts.DiscardAsync(await Host.People.ActorAsync(patient!), PatientId, DraftService.NewRecordForm, found, default);

    private async Task<SavedDraft?> FindAsync() =>
        (await Drafts.FindAsync(await Host.People.ActorAsync(patient!), PatientId, DraftService.NewRecordForm, default)).Value;
}

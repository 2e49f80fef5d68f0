using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Records;

/// <summary>"Since when?" is kept as what was meant, and words as they were written.</summary>
[Trait("Requirement", "S0-02")]
public sealed class OnsetTests
{
    public static TheoryData<Onset> Values => [Onset.Of(OnsetChoice.Today), Onset.Of(OnsetChoice.Longer),
        Onset.On(new DateOnly(2026, 2, 28)), Onset.InWords("Since the solstice")!];

    [Theory]
    [MemberData(nameof(Values))]
    public void Read_OfWhatWasStored_IsTheSame(Onset onset) => Assert.Equal(onset, Onset.Read(onset.Stored));

    [Theory]
    [InlineData("12 days ago")]
    [InlineData("2026-02-28")]
    [InlineData("Today")]
    public void Read_OfAnOlderRecordsWords_KeepsThem(string words) => Assert.Equal(words, Onset.Read(words)!.Words);

    [Fact]
    public async Task Record_WithAChoice_ComesBackAsTheChoice()
    {
        await using var host = await DomainHost.StartAsync(Domain.Kernel.DatabaseKind.Sqlite);
        var patient = await host.People.AddPatientAsync();
        var actor = await host.People.ActorAsync(patient);
        var records = host.Get<RecordService>();

        var id = (await records.DescribeAsync(actor, patient.PatientId!.Value,
            new ProblemDescription("Dizzy.", Onset.Of(OnsetChoice.Weeks)), CancellationToken.None)).Value;

        Assert.Equal(OnsetChoice.Weeks, (await records.GetAsync(actor, id, CancellationToken.None)).Value.Description.Onset!.Choice);
    }
}

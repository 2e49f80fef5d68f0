using ClinicBlazor.Domain.Audit.Anchors;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit.Anchors;

/// <summary>The file grows for years: what is added to it, and who opens a page, must not read all of it.</summary>
[Trait("Requirement", "B-12")]
public sealed class AnchorFileTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public async Task Append_BehindLinesThatWereNotWrittenToTheirEnd_GoesOnFromTheLastAnchor(int characters)
    {
        await using var host = await StartAsync();
        var file = host.Get<AnchorFile>();
        await File.AppendAllTextAsync(file.Path, new string('x', characters));

        var next = Append(host);

        Assert.Equal(2, next.Number);
        Assert.Equal([1, 2], file.Read()!.Anchors.Select(anchor => anchor.Number));
    }

    [Fact]
    public async Task Append_ManyTimes_NumbersWithoutAGap()
    {
        await using var host = await StartAsync();

        var numbers = Enumerable.Range(0, 60).Select(_ => Append(host).Number).ToList();

        Assert.Equal(Enumerable.Range(2, 60).Select(number => (long)number), numbers);
        Assert.Equal(61, host.Get<AnchorFile>().Read()!.Anchors.Count);
    }

    [Fact]
    public async Task ReadKnown_OfAFileThatIsAsItWas_ComesFromMemoryAndAnewOnceItHasGrown()
    {
        await using var host = await StartAsync();
        var file = host.Get<AnchorFile>();

        var first = file.ReadKnown();
        var again = file.ReadKnown();
        Append(host);
        var grown = file.ReadKnown();
        File.Delete(file.Path);

        Assert.Same(first, again);
        Assert.Equal(2, grown!.Anchors.Count);
        Assert.Null(file.ReadKnown());
    }

    private static AuditAnchor Append(DomainHost host) =>
        host.Get<AnchorFile>().Append(AnchorReason.Hour, 0, AuditAnchor.Nothing, host.Clock.GetUtcNow());

    private static async Task<DomainHost> StartAsync()
    {
        var host = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        await host.Get<AuditAnchors>().BeginIfNewAsync(CancellationToken.None);
        return host;
    }
}

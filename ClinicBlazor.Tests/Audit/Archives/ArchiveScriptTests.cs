using System.Diagnostics;
using System.Text;
using ClinicBlazor.Domain.Audit.Archives;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Audit.Archives;

/// <summary>An archive verifies by itself, with a small script that knows nothing of the clinic.</summary>
[Trait("Requirement", "S2-14")]
public sealed class ArchiveScriptTests : IAsyncLifetime
{
    private DomainHost? host;
    private string file = "";

    private DomainHost Host => host!;

    public async Task InitializeAsync()
    {
        host = await ArchiveSamples.StartOldAsync(DatabaseKind.Sqlite);
        await ArchiveSamples.ArchiveAsync(Host);
        file = ArchiveSamples.FileOf(Host, (await ArchiveSamples.ReadAsync(Host)).Archives[0]);
    }

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    public async Task Script_OnAFileAsItWasWritten_SaysWhatIsInIt()
    {
        var archive = (await ArchiveSamples.ReadAsync(Host)).Archives[0];

        var (code, said) = await RunAsync(file, Host.Get<ArchiveSigner>().Fingerprint);

        Assert.Equal(0, code);
        Assert.Contains($"archive 1, {archive.Entries} entries, places {archive.FirstSequence} to {archive.LastSequence}", said,
            StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(file)).Code);
    }

    [Fact]
    public async Task Script_OnAFileOfWhichAByteWasChanged_Refuses()
    {
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        Assert.Equal(1, (await RunAsync(file)).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task Script_OnAFileOfWhichALineWasCut_Refuses(int line)
    {
        var lines = (await File.ReadAllLinesAsync(file)).ToList();
        lines.RemoveAt(line < 0 ? lines.Count - 1 : line);
        await File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n");

        Assert.Equal(1, (await RunAsync(file)).Code);
    }

    [Fact]
    public async Task Script_OnAFileThatAnotherKeySigned_RefusesWhereTheFingerprintIsGiven()
    {
        var own = Host.Get<ArchiveSigner>().Fingerprint;
        await using var other = await DomainHost.StartAsync(DatabaseKind.Sqlite);
        var body = string.Join('\n', (await File.ReadAllLinesAsync(file)).SkipLast(1)) + "\n";
        var (key, signature) = other.Get<ArchiveSigner>().Sign(Encoding.UTF8.GetBytes(body));
        await File.WriteAllTextAsync(file,
            body + $$"""{"signature":"{{Convert.ToBase64String(signature)}}","key":"{{Convert.ToBase64String(key)}}"}""" + "\n");

        Assert.Equal(0, (await RunAsync(file)).Code);
        Assert.Equal(1, (await RunAsync(file, own)).Code);
    }

    [Fact]
    public async Task Script_WithoutAFile_SaysHowItIsCalled() => Assert.Equal(2, (await RunAsync()).Code);

    [Fact]
    public async Task Fingerprint_OfOneMasterKey_IsTheSameInEveryDatabase()
    {
        var key = Domain.Protection.MasterKey.Generate();
        await using var one = await DomainHost.StartAsync(DatabaseKind.Sqlite, masterKey: key);
        await using var other = await DomainHost.StartAsync(DatabaseKind.Sqlite, masterKey: key);

        Assert.Equal(one.Get<ArchiveSigner>().Fingerprint, other.Get<ArchiveSigner>().Fingerprint);
        Assert.NotEqual(one.Get<ArchiveSigner>().Fingerprint, Host.Get<ArchiveSigner>().Fingerprint);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh",
            [Path.Combine(Repository.Root, "deploy", "verify-audit-archive.sh"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await said + await complained);
    }
}

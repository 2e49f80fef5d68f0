using System.Net;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.Extensions.Options;

namespace ClinicBlazor.Tests.Hosting;

[Trait("Requirement", "S2-16")]
public sealed class FullDiskTests
{
    [Fact]
    public async Task Readiness_OnAFullDisk_IsNotGivenUntilThereIsRoomAgain()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var host = await AppHost.StartAsync();
        using var visitor = host.NewVisitor();
        using var before = await visitor.GetAsync("/readyz");
        File.CreateSymbolicLink(Path.Combine(host.DataDirectory, DiskProbe.FileName), "/dev/full");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var full = await visitor.GetAsync("/readyz");
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await visitor.GetAsync("/readyz");

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK],
            new[] { before.StatusCode, full.StatusCode, after.StatusCode });
        Assert.Empty(Directory.GetFiles(host.DataDirectory, DiskProbe.FileName));
    }

    [Fact]
    public void HasRoom_InAFolderThatIsGone_SaysNo()
    {
        var probe = new DiskProbe(Options.Create(new ClinicSettings { DataDirectory = "/nowhere/at/all" }), TimeProvider.System);

        Assert.False(probe.HasRoom());
    }
}

using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Composition;

/// <summary>The unit under which systemd runs the program holds what keeps others away from its memory and it from the machine.</summary>
[Trait("Requirement", "S2-16")]
public sealed class ServiceUnitTests
{
    private static readonly string[] Lines =
        [.. File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "clinic.service")).Select(line => line.Trim())];

    [Theory]
    [InlineData("Environment=DOTNET_EnableDiagnostics=0")]
    [InlineData("Environment=ASPNETCORE_ENVIRONMENT=Production")]
    [InlineData("User=clinic")]
    [InlineData("LimitCORE=0")]
    [InlineData("StateDirectoryMode=0700")]
    [InlineData("UMask=0077")]
    [InlineData("ProtectSystem=strict")]
    [InlineData("ProtectHome=yes")]
    [InlineData("PrivateTmp=yes")]
    [InlineData("PrivateDevices=yes")]
    [InlineData("CapabilityBoundingSet=CAP_NET_BIND_SERVICE")]
    [InlineData("NoNewPrivileges=yes")]
    [InlineData("ProtectKernelTunables=yes")]
    [InlineData("ProtectKernelModules=yes")]
    [InlineData("ProtectKernelLogs=yes")]
    [InlineData("ProtectControlGroups=yes")]
    [InlineData("ProtectClock=yes")]
    [InlineData("ProtectHostname=yes")]
    [InlineData("ProtectProc=invisible")]
    [InlineData("RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX")]
    [InlineData("RestrictNamespaces=yes")]
    [InlineData("RestrictRealtime=yes")]
    [InlineData("RestrictSUIDSGID=yes")]
    [InlineData("LockPersonality=yes")]
    [InlineData("SystemCallArchitectures=native")]
    [InlineData("SystemCallFilter=@system-service")]
    public void Service_HasTheLine_AndNoOtherThatChangesIt(string line)
    {
        // Of a setting that stands twice, systemd adds the later to the earlier, or takes it in its place.
        var setting = line[..(line.LastIndexOf('=') + 1)];

        Assert.Equal([line], Service().Where(other => other.StartsWith(setting, StringComparison.Ordinal)));
    }

    [Fact]
    public void Service_WritesNowhereButInItsDataDirectory() => Assert.DoesNotContain(Service(),
        line => line.StartsWith("ReadWritePaths=", StringComparison.Ordinal) || line.StartsWith("BindPaths=", StringComparison.Ordinal));

    private static IEnumerable<string> Service() =>
        Lines.SkipWhile(line => line != "[Service]").Skip(1).TakeWhile(line => !line.StartsWith('['));
}

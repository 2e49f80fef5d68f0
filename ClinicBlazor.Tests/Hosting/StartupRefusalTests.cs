using System.Text;
using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>What the program does not start with outside Development; each refusal names the setting.</summary>
[Trait("Requirement", "S2-06")]
public sealed class StartupRefusalTests : IDisposable
{
    private readonly ProgramRun program = new();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("Clinic__MasterKeyFile", null, "Clinic:MasterKey")]
    [InlineData("Clinic__MasterKeyFile", "/no/such/file", "Clinic:MasterKeyFile")]
    [InlineData("Clinic__Proxy__Networks", "", "ASPNETCORE_URLS")]
    [InlineData("AllowedHosts", null, "AllowedHosts")]
    [InlineData("AllowedHosts", " ; ", "AllowedHosts")]
    [InlineData("AllowedHosts", "*", "AllowedHosts")]
    [InlineData("AllowedHosts", "clinic.example.org;*", "AllowedHosts")]
    [InlineData("AllowedHosts", "0.0.0.0", "AllowedHosts")]
    [InlineData("Clinic__PublicUrl", null, "Clinic:PublicUrl")]
    [InlineData("Clinic__Keys__GraceSeconds", "-1", "Clinic:Keys:GraceSeconds")]
    [InlineData("Clinic__Audit__KeepYears", "5", "Clinic:Audit:KeepYears")]
    [InlineData("Clinic__PublicUrl", "http://clinic.example.org", "Clinic:PublicUrl")]
    [InlineData("Clinic__RateLimits__Enabled", "false", "Clinic:RateLimits:Enabled")]
    [InlineData("Clinic__Database", "Postgres", "ConnectionStrings:Clinic")]
    [InlineData("Clinic__Database", "Oracle", "Clinic:Database")]
    [InlineData("Clinic__Name", "", "Clinic:Name")]
    [InlineData("Clinic__Idle__StaffSeconds", "1", "Clinic:Idle:StaffSeconds")]
    [InlineData("Clinic__Idle__PatientSeconds", "a while", "Clinic:Idle:PatientSeconds")]
    [InlineData("Clinic__Idle__KioskSeconds", "60", "Clinic:Idle:WarningSeconds")]
    [InlineData("Clinic__Idle__WarningSeconds", "0", "Clinic:Idle:WarningSeconds")]
    public async Task Start_WithAMissingOrUnsafeSetting_IsRefusedByItsName(string setting, string? value, string named)
    {
        program.Settings[setting] = value;

        await AssertRefusedAsync(named);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("zero")]
    [InlineData("text")]
    [InlineData("counting")]
    [InlineData("twice")]
    public async Task Start_WithAPoorKey_IsRefusedByItsName(string kind)
    {
        program.Settings["Clinic__MasterKeyFile"] = null;
        program.Settings["Clinic__MasterKey"] = kind switch
        {
            "short" => MasterKey.Generate()[..20],
            "zero" => Convert.ToBase64String(new byte[MasterKey.Size]),
            "text" => Convert.ToBase64String(Encoding.ASCII.GetBytes("change me before you go live ...")),
            "counting" => Convert.ToBase64String([.. Enumerable.Range(1, MasterKey.Size).Select(value => (byte)value)]),
            _ => Convert.ToBase64String([.. Half, .. Half]),
        };

        await AssertRefusedAsync("Clinic:MasterKey");
    }

    [Fact]
    public async Task Start_WithAKeyFileThatOthersCanRead_IsRefusedByItsName()
    {
        var file = program.WriteKey(MasterKey.Generate());
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        await AssertRefusedAsync("Clinic:MasterKeyFile");
    }

    [Theory]
    [InlineData("appsettings.json", "ConnectionStrings", "Clinic", "Host=db;Username=clinic;Password=secret", "ConnectionStrings:Clinic")]
    [InlineData("appsettings.Production.json", "ConnectionStrings", "Clinic", "Host=db;Username=clinic;pwd=secret",
        "ConnectionStrings:Clinic")]
    [InlineData("appsettings.json", "Clinic", "MasterKey", "3q2+796tvu/erb7v3q2+796tvu/erb7v3q2+796tvu8=", "Clinic:MasterKey")]
    public async Task Start_WithASecretInASettingsFile_IsRefusedByItsName(string file, string section, string name, string value,
        string named)
    {
        await File.WriteAllTextAsync(Path.Combine(program.Site, file), $$"""{ "{{section}}": { "{{name}}": "{{value}}" } }""");

        Assert.Contains(file, await AssertRefusedAsync(named), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithSeveralProblems_NamesThemAll()
    {
        program.Settings["Clinic__RateLimits__Enabled"] = "false";
        program.Settings["Clinic__PublicUrl"] = null;

        var refusal = await AssertRefusedAsync("Clinic:PublicUrl");

        Assert.Contains("Clinic:RateLimits:Enabled", refusal, StringComparison.Ordinal);
    }

    private static byte[] Half { get; } = [.. Convert.FromBase64String(MasterKey.Generate()).Take(MasterKey.Size / 2)];

    private async Task<string> AssertRefusedAsync(string setting)
    {
        var ending = await program.EndAsync([]);
        Assert.Equal(1, ending.Code);
        Assert.Contains(setting, ending.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ending.Errors, StringComparison.Ordinal);
        return ending.Errors;
    }
}

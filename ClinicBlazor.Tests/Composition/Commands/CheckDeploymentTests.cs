using ClinicBlazor.Domain.Protection;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Composition.Commands;

/// <summary>The checklist of a deployment, item by item.</summary>
[Trait("Requirement", "S2-16")]
public sealed class CheckDeploymentTests : IDisposable
{
    private readonly ProgramRun program = new();

    public void Dispose() => program.Dispose();

    [Fact]
    public async Task CheckDeployment_BeforeTheFirstStart_FindsNoDatabaseAndMakesNone()
    {
        var ending = await CheckAsync();

        Assert.Equal(1, ending.Code);
        Assert.Contains("not met        the database answers", ending.Output, StringComparison.Ordinal);
        Assert.Contains("met            the master key is set and random (Clinic:MasterKey or Clinic:MasterKeyFile)", ending.Output,
            StringComparison.Ordinal);
        Assert.Contains("not applicable the audit trail is intact", ending.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(program.Settings["Clinic__DataDirectory"]!, "clinic.db")));
    }

    [Fact]
    public async Task CheckDeployment_OfADatabaseInUse_LooksAtItsAccountsAndItsAuditTrail()
    {
        await program.MigrateAsync();
        Assert.Equal(0, (await program.EndAsync(["create-admin", "chief@test.example"], "Purple-Kettle-42-Sings")).Code);

        var ending = await CheckAsync();

        Assert.Equal(1, ending.Code);
        Assert.StartsWith("create-admin: 1 of 1 administrators", Assert.Single(ending.Errors.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.Contains("met            all migrations are applied", ending.Output, StringComparison.Ordinal);
        Assert.Contains("met            the audit trail is intact", ending.Output, StringComparison.Ordinal);

        program.Settings["Clinic__MasterKeyFile"] = program.WriteKey(MasterKey.Generate());
        Assert.Contains("verify-audit: without the master key", (await CheckAsync()).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Development", "ASPNETCORE_ENVIRONMENT is Development")]
    [InlineData("AllowedHosts", "*", "AllowedHosts")]
    [InlineData("AllowedHosts", null, "AllowedHosts")]
    [InlineData("Clinic__MailFrom", null, "Clinic:MailFrom")]
    [InlineData("Clinic__PublicUrl", null, "Clinic:PublicUrl")]
    [InlineData("Clinic__Proxy__Networks", "0.0.0.0/0", "believes everybody")]
    [InlineData("Clinic__Proxy__Networks", null, "ASPNETCORE_URLS")]
    [InlineData("Clinic__MasterKeyFile", null, "Clinic:MasterKey or Clinic:MasterKeyFile is missing")]
    [InlineData("Clinic__RateLimits__Enabled", "false", "Clinic:RateLimits:Enabled")]
    [InlineData("Clinic__Idle__StaffSeconds", "1", "Clinic:Idle:StaffSeconds")]
    [InlineData("DOTNET_EnableDiagnostics", null, "DOTNET_EnableDiagnostics is not 0")]
    [InlineData("DOTNET_EnableDiagnostics", "1", "DOTNET_EnableDiagnostics is not 0")]
    [InlineData("Clinic__Alerts__Mail", "false", "nobody learns of an alert")]
    public async Task CheckDeployment_WithAWeakSetting_NamesIt(string setting, string? value, string named)
    {
        program.Settings[setting] = value;

        var ending = await CheckAsync();

        Assert.Equal(1, ending.Code);
        Assert.Contains(ending.Errors.Split('\n'), line => line.Contains(named, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=9;Database=clinic;Username=clinic;Password=x;SSL Mode=Require")]
    [InlineData("Host=no-such-host.invalid;Database=clinic;Username=clinic;Password=x;SSL Mode=Require")]
    public async Task CheckDeployment_WithADatabaseOutOfReach_EndsInALine(string connection)
    {
        program.Settings["Clinic__Database"] = "Postgres";
        program.Settings["ConnectionStrings__Clinic"] = connection;

        var ending = await CheckAsync();
        var verified = await program.EndAsync(["verify-audit"]);

        Assert.Equal((1, 1), (ending.Code, verified.Code));
        Assert.Contains("not met        the database answers", ending.Output, StringComparison.Ordinal);
        Assert.StartsWith("ConnectionStrings:Clinic: there is no database", Assert.Single(ending.Errors.Trim().Split('\n')),
            StringComparison.Ordinal);
        Assert.StartsWith("The database does not answer", Assert.Single(verified.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckDeployment_WithTheKeyBesideTheData_SaysSo()
    {
        var inside = Path.Combine(Directory.CreateDirectory(program.Settings["Clinic__DataDirectory"]!).FullName, "master.key");
        File.Move(program.Settings["Clinic__MasterKeyFile"]!, inside);
        program.Settings["Clinic__MasterKeyFile"] = inside;

        Assert.Contains("lies in Clinic:DataDirectory", (await CheckAsync()).Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S4-10")]
    public async Task CheckDeployment_WithAWebhook_SaysWhoIsToldOfAlertsAndNotItsPath()
    {
        program.Settings["Clinic__Alerts__Webhook"] = "https://alerts.example.net/in/a-secret-path";
        program.Settings["Clinic__Alerts__WebhookSecret"] = "a-secret-of-more-than-32-characters";

        var ending = await CheckAsync();

        Assert.Contains(
            "met            alerts are mailed to each administrator and alerts are posted to alerts.example.net (Clinic:Alerts:Mail,",
            ending.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", ending.Output + ending.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckDeployment_CalledWrongly_ShowsItsUsage()
    {
        Assert.Equal(2, (await program.EndAsync(["check-deployment", "now"])).Code);
        Assert.Equal(0, (await program.EndAsync(["check-deployment", "--help"])).Code);
    }

    private Task<ProgramEnding> CheckAsync() => program.EndAsync(["check-deployment"]);
}

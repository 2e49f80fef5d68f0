using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Composition.Commands;

/// <summary>The commands, each as a process of its own beside a running application.</summary>
public sealed class CommandLineTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Password = "Purple-Kettle-42-Sings";

    private sealed record Ending(int Code, string Output, string Errors);

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task CreateAdmin_WithAPasswordPipedIn_MakesAnAdministratorWhoMustEnrol()
    {
        var made = await RunAsync(app.Host.DataDirectory, Password, "create-admin", "chief@test.example");
        var again = await RunAsync(app.Host.DataDirectory, Password, "create-admin", "chief@test.example");

        Assert.Equal(0, made.Code);
        Assert.EndsWith("/Identity/Account/Manage/EnableAuthenticator", made.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(1, again.Code);
        using var visitor = app.Host.NewVisitor();
        using var answer = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "chief@test.example"),
            ("Input.Password", Password));
        Assert.Equal("/Identity/Account/Manage/EnableAuthenticator", answer.Headers.Location!.OriginalString);
        var page = await visitor.OpenAsync("/Identity/Account/Manage/EnableAuthenticator");
        await visitor.SubmitAsync(page, "/Identity/Account/Manage/EnableAuthenticator", "main form",
            ("Input.Code", await app.Host.NewCodeAsync("chief@test.example")));
        using var audit = await visitor.GetAsync("/audit");
        Assert.Equal(HttpStatusCode.OK, audit.StatusCode);
    }

    [Theory]
    [InlineData(Password + "\nCora Chief", "cora@test.example", "Cora Chief")]
    [InlineData(Password, "nameless@test.example", "nameless")]
    public async Task CreateAdmin_WithOrWithoutAName_CallsThePersonSo(string typed, string email, string expected)
    {
        Assert.Equal(0, (await RunAsync(app.Host.DataDirectory, typed, "create-admin", email)).Code);

        await using var db = await app.Host.OpenAsync();
        Assert.Equal(expected, (await db.Set<Account>().SingleAsync(account => account.Email == email)).DisplayName);
    }

    [Fact]
    [Trait("Requirement", "S2-03")]
    public async Task CreateAdmin_WithAWeakPassword_IsRefusedWithTheRule()
    {
        var ending = await RunAsync(app.Host.DataDirectory, "short", "create-admin", "other@test.example");

        Assert.Equal(1, ending.Code);
        Assert.Contains("at least 12", ending.Errors, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "B-12")]
    public async Task VerifyAudit_OfAChainThatHolds_EndsWellAndOfOneThatWasChanged_NamesTheEntry()
    {
        using var data = new TestFolder();
        await StartedClinic.CopyAsync(data.Path);
        var intact = await RunAsync(data.Path, "", "verify-audit");
        await TamperAsync(Path.Combine(data.Path, "clinic.db"));

        var changed = await RunAsync(data.Path, "", "verify-audit");

        Assert.Equal(0, intact.Code);
        Assert.Contains("intact", intact.Output, StringComparison.Ordinal);
        Assert.Equal(1, changed.Code);
        Assert.Contains("EntryChanged", changed.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("totp")]
    [InlineData("create-admin")]
    [InlineData("verify-audit", "something", "more")]
    [InlineData("begin-anchors", "now")]
    [InlineData("rotate-keys", "now")]
    [InlineData("no-such-command")]
    public async Task Command_CalledWrongly_ShowsItsUsage(params string[] arguments)
    {
        using var data = new TestFolder();

        var ending = await RunAsync(data.Path, "", arguments);

        Assert.Equal(2, ending.Code);
        Assert.NotEmpty(ending.Errors);
        Assert.Empty(Directory.GetFiles(data.Path));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("totp", "--help")]
    [InlineData("create-admin", "--help")]
    [InlineData("verify-audit", "--help")]
    [InlineData("rotate-keys", "--help")]
    [InlineData("begin-anchors", "--help")]
    public async Task Command_AskedForHelp_SaysHowItIsCalled(params string[] arguments)
    {
        using var data = new TestFolder();

        var ending = await RunAsync(data.Path, "", arguments);

        Assert.Equal(0, ending.Code);
        Assert.Contains(arguments is [var command, _] ? command : "verify-audit", ending.Output, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "S2-06")]
    public async Task Command_InProductionWithoutAKey_IsRefusedByTheSetting()
    {
        using var data = new TestFolder();

        var ending = await RunAsync(data.Path, "", ["verify-audit"], "Production");

        Assert.Equal(1, ending.Code);
        Assert.StartsWith("Clinic:MasterKey", ending.Errors, StringComparison.Ordinal);
    }

    private static Task<Ending> RunAsync(string dataDirectory, string input, params string[] arguments) =>
        RunAsync(dataDirectory, input, arguments, "Development");

    private static async Task<Ending> RunAsync(string dataDirectory, string input, string[] arguments, string environment)
    {
        var start = ClinicProgram.Start(arguments);
        (start.RedirectStandardInput, start.RedirectStandardError) = (true, true);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["Clinic__DataDirectory"] = dataDirectory;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Ending(process.ExitCode, output, await errors);
    }

    /// <summary>Changes an entry as somebody with the database file in hand would: past the triggers.</summary>
    [SuppressMessage("Security", "CA2100",
        Justification = "A trigger's name cannot be a parameter; all of them come from the schema itself.")]
    private static async Task TamperAsync(string file)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'AuditEntries'";
        var triggers = new List<string>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                triggers.Add(reader.GetString(0));
            }
        }

        Assert.NotEmpty(triggers);
        command.CommandText = string.Concat(triggers.Select(trigger => $"DROP TRIGGER \"{trigger}\";"))
            + "UPDATE AuditEntries SET Address = '203.0.113.66';";
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }
}

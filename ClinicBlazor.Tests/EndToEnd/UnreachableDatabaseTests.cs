using System.Net;
using ClinicBlazor.Domain.Demo;
using ClinicBlazor.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace ClinicBlazor.Tests.EndToEnd;

/// <summary>What people see while the database does not answer, and after.</summary>
public sealed class UnreachableDatabaseTests(BrowserFixture browser, AppFixture app) : IClassFixture<BrowserFixture>,
    IClassFixture<AppFixture>
{
    // The application itself waits ten seconds for a lock to go away.
    private const float Patience = 40_000;

    [Fact]
    [Trait("Requirement", "S1-04")]
    public async Task Page_WhileTheDatabaseIsLocked_ShowsAReferenceAndWorksAgainAfterwards()
    {
        await using var alice = await ClinicUser.PatientAsync(browser, app.Host, "alice@patient.example");
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).WaitForAsync();
        using var visitor = app.Host.NewVisitor();
        var form = await visitor.OpenAsync("/Identity/Account/Login");
        await using var holder = await LockAsync();

        var signIn = visitor.SubmitAsync(form, "/Identity/Account/Login", "main form", ("Input.Email", "bob@patient.example"),
            ("Input.Password", DemoData.Password));
        await alice.Page.EvaluateAsync("() => Blazor.navigateTo('/account')");
        await Assertions.Expect(alice.Page.GetByTestId("reference")).ToBeVisibleAsync(new() { Timeout = Patience });

        var reference = await alice.Page.GetByTestId("reference").InnerTextAsync();
        await Assertions.Expect(alice.Page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("We cannot reach our records at the moment");
        Assert.Contains(reference, await app.Host.ReadLogAsync(), StringComparison.Ordinal);
        await alice.AssertAccessibleAsync();
        using var answer = await signIn;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);

        await holder.CloseAsync();
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Assertions.Expect(alice.Page.GetByTestId("account-name")).ToHaveTextAsync("Alice Archer");
        await alice.Page.ReloadAsync();
        await Assertions.Expect(alice.Page.GetByTestId("account-name")).ToHaveTextAsync("Alice Archer");
    }

    /// <summary>Takes the database's one write lock, until the connection is closed.</summary>
    private async Task<SqliteConnection> LockAsync()
    {
        var file = Path.Combine(app.Host.DataDirectory, "clinic.db");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}

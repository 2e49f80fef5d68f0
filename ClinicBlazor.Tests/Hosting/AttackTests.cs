using System.Net;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Hosting;

/// <summary>Attacks in addresses and forms: refused, logged, and in the audit trail.</summary>
[Trait("Requirement", "S4-08")]
public sealed class AttackTests(AppFixture app) : IClassFixture<AppFixture>
{
    private const string Login = "/Identity/Account/Login";

    [Theory]
    [InlineData("/patients?after=%27+OR+1%3D1--")]
    [InlineData("/patients?after=%2527%2520OR%25201%253D1--")]
    [InlineData("/audit?from=%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/Identity/Account/Login?returnUrl=%2F%22%3E%3Cscript%3E")]
    [InlineData("/records/%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/no/such/page?%3Csvg%2Fonload%3Dx(1)%3E=1")]
    public async Task Address_WithAnAttack_IsRefusedAndAudited(string path)
    {
        using var visitor = await app.Host.NewVisitorAsync(
            await app.Host.AddPersonAsync(Domain.Access.Roles.Administrator, enrolled: true));

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain("alert(1)", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        SecurityHeadersTests.AssertWhole(answer, forStaff: true);
        await AssertToldAsync(answer, "Refused: AttackInput, answered 400");
        Assert.Equal(1,
            await CountAsync(entry => entry.Act == AuditAct.AttackInputSeen && entry.Outcome == AuditOutcome.Denied
            && entry.Level == AuditLevel.Error && entry.Role == "Administrator", visitor));
    }

    [Theory]
    [InlineData("/culture?culture=en&returnUrl=%2Fpatients%3Fq%3DO%2527Brien", HttpStatusCode.Redirect)]
    [InlineData("/Identity/Account/Login?returnUrl=%2Fpatients%3Fq%3DUnion%2520%2526%2520Select", HttpStatusCode.OK)]
    public async Task Address_WithAName_IsAnswered(string path, HttpStatusCode expected)
    {
        using var visitor = app.Host.NewVisitor();

        Assert.Equal(expected, (await visitor.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("/audit?who=%3Cscript%3Ealert(1)%3C%2Fscript%3E")]
    [InlineData("/admin/accounts?q=%27+OR+1%3D1--")]
    public async Task Search_ThatLooksLikeAnAttack_IsAnsweredAndRecordedOnce(string path)
    {
        using var visitor = await app.Host.NewVisitorAsync(
            await app.Host.AddPersonAsync(Domain.Access.Roles.Administrator, enrolled: true));

        using var answer = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await AssertToldAsync(answer, "Input that looks like an attack");
        Assert.Equal(1,
            await CountAsync(entry => entry.Act == AuditAct.AttackInputSeen && entry.Outcome == AuditOutcome.Done
            && entry.Level == AuditLevel.Warning, visitor));
    }

    [Theory]
    [InlineData(Login, "Input.Email", "admin@clinic.example'--", "Input.Password", "x")]
    [InlineData("/Identity/Account/Register", "Input.DisplayName", "Robert'); DROP TABLE Patients;--", "Input.Email",
        "bobby@elsewhere.example")]
    [InlineData("/Identity/Account/ForgotPassword", "Input.Email", "x' UNION SELECT NULL--", null, null)]
    public async Task Field_ThatLooksLikeAnAttack_IsTakenAsItIsAndRecordedOnce(string path, string field, string attack, string? other,
        string? value)
    {
        using var visitor = app.Host.NewVisitor();
        (string, string)[] fields = other is null ? [(field, attack)] : [(field, attack), (other, value!)];

        using var answer = await visitor.SubmitAsync(path, fields);

        Assert.True((int)answer.StatusCode < (int)HttpStatusCode.BadRequest, $"{answer.StatusCode}");
        await AssertToldAsync(answer, "Input that looks like an attack");
    }

    [Fact]
    public async Task UserName_ThatLooksLikeAnAttack_IsRefusedBesideItsField()
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.SubmitAsync("/Identity/Account/Register", ("Input.Email", "x'--@clinic.example' OR 1=1--"),
            ("Input.DisplayName", "Robin O'Brien"));

        var page = await HttpVisitor.ReadAsync(answer);
        Assert.Contains("This is not an e-mail address", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_ThatLooksLikeAnAttack_IsAPasswordLikeAnyOther()
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.SubmitAsync(Login, ("Input.Email", "nobody@elsewhere.example"), ("Input.Password", "' OR 1=1--"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await AssertNothingToldAsync(answer);
    }

    [Fact]
    public async Task Form_WithAnAttackBesideItsFields_IsRefused()
    {
        using var visitor = app.Host.NewVisitor();

        using var answer = await visitor.PostAsync(Login, [KeyValuePair.Create("ReturnUrl", "/\"><script>alert(1)</script>")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await AssertToldAsync(answer, "Refused: AttackInput, answered 400");
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public async Task Attacks_ByTheThousand_DoNotFillTheAuditTrail()
    {
        await using var host = await AppHost.StartAsync();
        using var visitor = host.NewVisitor();
        for (var i = 0; i < 60; i++)
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.GetAsync($"/culture?culture=%3Cscript%3E{i}")).StatusCode);
        }

        await using var db = await host.OpenAsync();
        Assert.InRange(await db.Set<AuditEntry>().CountAsync(entry => entry.Act == AuditAct.AttackInputSeen), 30, 59);
        Assert.Equal(60, (await host.ReadLogAsync()).Split("Refused: AttackInput").Length - 1);
    }

    /// <summary>Holds that the log has one line of the request that says so, and quotes nothing of what was sent.</summary>
    private async Task AssertToldAsync(HttpResponseMessage answer, string words)
    {
        var id = Assert.Single(answer.Headers.GetValues("X-Request-Id"));
        var lines = (await app.Host.ReadLogAsync()).Split('\n')
            .Where(line => line.Contains($" {id} ", StringComparison.Ordinal) && line.Contains("ttack", StringComparison.Ordinal));
        var line = Assert.Single(lines);
        Assert.Contains("[WRN]", line, StringComparison.Ordinal);
        Assert.Contains(words, line, StringComparison.Ordinal);
        Assert.DoesNotContain("OR 1", line, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("script", line, StringComparison.OrdinalIgnoreCase);
    }

    private async Task AssertNothingToldAsync(HttpResponseMessage answer)
    {
        var id = Assert.Single(answer.Headers.GetValues("X-Request-Id"));
        Assert.DoesNotContain((await app.Host.ReadLogAsync()).Split('\n'),
            line => line.Contains($" {id} ", StringComparison.Ordinal) && line.Contains("attack", StringComparison.Ordinal));
    }

    private async Task<int> CountAsync(System.Linq.Expressions.Expression<Func<AuditEntry, bool>> which, HttpVisitor visitor)
    {
        var session = Assert.Single(visitor.Cookies.GetAllCookies(), cookie => cookie.Name == "clinic-session").Value;
        var live = await app.Host.Get<Domain.Accounts.SessionService>().FindAsync(session, HttpVisitor.Client, CancellationToken.None);
        await using var db = await app.Host.OpenAsync();
        return await db.Set<AuditEntry>().Where(which).CountAsync(entry => entry.AccountId == live!.Actor.AccountId);
    }
}

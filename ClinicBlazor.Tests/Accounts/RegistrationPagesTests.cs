using System.Net;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>The ways in for those who have no password: registration, invitation, reset.</summary>
public sealed class RegistrationPagesTests(AppFixture app) : MailedLinks(app), IClassFixture<AppFixture>
{
    [Fact]
    [Trait("Requirement", "S2-04")]
    [Trait("Requirement", "S0-05")]
    public async Task Register_NewKnownOrSwitchedOffAddress_AnswersAlike()
    {
        var (known, off) = (await App.Host.AddPersonAsync(Roles.Patient), await AddSwitchedOffAsync());

        var fresh = await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", "nele@test.example"));
        string[] others =
        [
            await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", known)),
            await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", off)),
            await AskAsync(Register, ("Input.DisplayName", "Nele New"), ("Input.Email", "nele@test.example")),
        ];

        Assert.All(others, answer => Assert.Equal(fresh, answer));
        Assert.Contains("ForgotPassword", Assert.Single(await App.Host.ReadMailAsync(known)), StringComparison.Ordinal);
        Assert.Empty(await App.Host.ReadMailAsync(off));
    }

    [Fact]
    [Trait("Requirement", "S2-04")]
    public async Task ForgotPassword_KnownUnknownOrSwitchedOffAddress_AnswersAlike()
    {
        var (known, off) = (await App.Host.AddPersonAsync(Roles.Patient), await AddSwitchedOffAsync());

        var answer = await AskAsync(Forgot, ("Input.Email", known));

        Assert.Equal(answer, await AskAsync(Forgot, ("Input.Email", "nobody@test.example")));
        Assert.Equal(answer, await AskAsync(Forgot, ("Input.Email", off)));
        Assert.Single(await App.Host.ReadMailAsync(known));
        Assert.Empty(await App.Host.ReadMailAsync(off));
        Assert.Empty(await App.Host.ReadMailAsync("nobody@test.example"));
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    public async Task Register_ByAPatientAlone_ReachesNoChart()
    {
        using var visitor = App.Host.NewVisitor();
        await visitor.SubmitAsync(Register, ("Input.DisplayName", "Alice Archer"), ("Input.Email", "alone@test.example"));
        var link = await App.Host.ReadLinkAsync("alone@test.example");

        await visitor.GetAsync(link);
        var chosen = await visitor.SubmitAsync(Choose, ("Input.Password", NewPassword));
        var signedIn = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "alone@test.example"),
            ("Input.Password", NewPassword));

        Assert.Equal("/Identity/Account/Login?note=PasswordChosen", chosen.Headers.Location!.OriginalString);
        Assert.Equal("/", signedIn.Headers.Location!.OriginalString);
        await using var db = await App.Host.OpenAsync();
        var account = await db.Set<Account>().SingleAsync(row => row.Email == "alone@test.example");
        Assert.Equal((Roles.Patient, (Guid?)null), (account.Roles, account.PatientId));
        foreach (var id in await db.Set<MedicalRecord>().Select(record => record.Id).Take(5).ToListAsync())
        {
            using var record = await visitor.GetAsync($"/records/{id}");
            Assert.Equal(HttpStatusCode.NotFound, record.StatusCode);
        }
    }

    [Fact]
    [Trait("Requirement", "S0-05")]
    [Trait("Requirement", "C-03")]
    public async Task Invitation_OfStaff_LeadsThroughPasswordAndEnrolment()
    {
        var token = await App.Host.OpenSessionAsync("admin@clinic.example", HttpVisitor.Client);
        var admin = await App.Host.Get<SessionService>().FindAsync(token, HttpVisitor.Client, CancellationToken.None);
        var invited = await App.Host.Get<AccountService>()
            .InviteAsync(admin!.Actor, "Nina Newnurse", "nina@test.example", Roles.Reception, CancellationToken.None);
        using var visitor = App.Host.NewVisitor();

        await visitor.GetAsync(await App.Host.ReadLinkAsync("nina@test.example"));
        await visitor.SubmitAsync(Choose, ("Input.Password", NewPassword));
        using var signedIn = await visitor.SubmitAsync("/Identity/Account/Login", ("Input.Email", "nina@test.example"),
            ("Input.Password", NewPassword));

        Assert.True(invited.IsSuccess);
        Assert.Equal("/Identity/Account/Manage/EnableAuthenticator", signedIn.Headers.Location!.OriginalString);
    }

    private async Task<string> AddSwitchedOffAsync()
    {
        var email = await App.Host.AddPersonAsync(Roles.Patient);
        await using var db = await App.Host.OpenAsync();
        (await db.Set<Account>().AsTracking().SingleAsync(row => row.Email == email)).Deactivate();
        await db.SaveChangesAsync();
        return email;
    }
}

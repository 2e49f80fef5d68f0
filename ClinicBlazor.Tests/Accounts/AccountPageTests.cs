using Bunit;
using ClinicBlazor.App.Accounts;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

public sealed class AccountPageTests(SqliteClinic clinic) : IClassFixture<SqliteClinic>
{
    private const string Warning = "[data-testid=recovery-codes-gone]";

    [Fact]
    public async Task MyAccount_OfAPatient_HasAWayHome()
    {
        await using var context = await PageContext.OfPatientAsync(clinic.Host, await clinic.People.AddPatientAsync());

        var page = context.Render<AccountPage>();

        await page.WaitForElementAsync("[data-testid=account-name]");
        Assert.Equal("/", page.Find("a.back").GetAttribute("href"));
        Assert.Empty(page.FindAll(Warning));
    }

    [Fact]
    [Trait("Requirement", "C-03")]
    public async Task MyAccount_WithNoRecoveryCodeLeft_Warns()
    {
        var nurse = await clinic.People.AddStaffAsync(Roles.Nurse);
        await using var context = await PageContext.OfStaffAsync(clinic.Host, nurse);
        await context.Render<AccountPage>().WaitForElementAsync(Warning);

        await clinic.Host.Get<OwnAccountService>()
            .RenewRecoveryCodesAsync(await clinic.People.ActorAsync(nurse), TestPeople.Password, default);

        var page = context.Render<AccountPage>();
        await page.WaitForElementAsync("[data-testid=account-name]");
        Assert.Empty(page.FindAll(Warning));
    }
}

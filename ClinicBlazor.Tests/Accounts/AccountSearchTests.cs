using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>Whatever finds a patient by name finds an account too, in the list of accounts and in the audit.</summary>
[Trait("Requirement", "S4-11")]
[Trait("Requirement", "B-10")]
public abstract class AccountSearchTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : AccountSearchTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : AccountSearchTests(clinic), IClassFixture<PostgresClinic>;

    [Theory]
    [MemberData(nameof(NameVariants.All), MemberType = typeof(NameVariants))]
    public async Task Search_AnyWordWholeOrItsBeginningInAnyOrder_FindsTheAccountAndWhatItsOwnerDid(
        string given, string family, string[] searches)
    {
        var name = $"{given} {family}".Trim();
        var (accounts, audit) = (clinic.Host.Get<AccountService>(), clinic.Host.Get<AuditService>());
        var doctor = await clinic.People.AddStaffAsync(Roles.Doctor, name);
        var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
        await clinic.Host.Get<PatientService>().ListAsync(await clinic.People.ActorAsync(doctor), new PatientQuery(), default);

        foreach (var search in searches)
        {
            var found = (await accounts.ListAsync(administrator, new AccountQuery(search), default)).Value.Items;
            Assert.True(found.Any(row => row.Id == doctor.AccountId), $"“{search}” did not find the account of {name}.");
            var entries = (await audit.ListAsync(administrator, new AuditQuery(Who: search), default)).Value.Items;
            Assert.True(entries.Any(row => row.Who == name), $"“{search}” did not find what {name} did.");
        }
    }

    [Theory]
    [InlineData("Jo Bright", "j.smith@clinic.example", "j.smith")]
    [InlineData("Jo Bright", "j.smith@clinic.example", "j.smith@cli")]
    [InlineData("Jo Bright", "j.smith@clinic.example", "smith")]
    [InlineData("Jo Bright", "dr.adams@clinic.example", "dr.adams")]
    [InlineData("Jo Bright", "dr.adams@clinic.example", "clinic.exa")]
    [InlineData("Jo Bright", "jo_bright+night@clinic.example", "jo_bri")]
    [InlineData("Jo Bright", "jo_bright+night@clinic.example", "bright+n")]
    [InlineData("Al Bright", "jo-ann@clinic.example", "jo-ann")]
    [InlineData("J. Smith", "nobody@clinic.example", "j.smith")]
    [InlineData("St. John", "nobody@clinic.example", "St. John")]
    public void Asked_PartOfAnAddressOrOfAName_BeginsAWordOfTheAccount(string name, string email, string search)
    {
        var words = AccountWord.Of(Guid.CreateVersion7(), AccountKind.Staff, name, Account.Normalize(email))
            .Select(word => word.Word).ToList();

        Assert.NotEmpty(AccountWord.Asked(search));
        Assert.All(AccountWord.Asked(search),
            asked => Assert.Contains(words, word => word.StartsWith(asked, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fill_AccountsFromBeforeNeighboursWereJoined_AreFoundAfterwards()
    {
        var account = new Account(clinic.Host.Clock.NewId(), "o.lopez@elsewhere.example", "Olga Lopez-O'Malley", Roles.Nurse);
        await clinic.Host.ArrangeAsync(db =>
        {
            db.Add(account);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.ChangeTracker.Entries<AccountWord>().Where(word => word.Entity.Word is "omalley" or "olopez").ToList()
                .ForEach(word => word.State = EntityState.Detached);
        });
        var before = await FindAsync("omalley");

        await using (var db = await clinic.Host.OpenAsync())
        {
            await clinic.Host.Services.GetServices<MigrationStep>().OfType<AccountWordsFill>().Single().RunAsync(db, default);
        }

        Assert.Empty(before);
        Assert.Equal([account.Id], await FindAsync("omalley"));
        Assert.Equal([account.Id], await FindAsync("o.lopez"));

        async Task<IEnumerable<Guid>> FindAsync(string search)
        {
            var administrator = await clinic.People.ActorAsync(await clinic.People.AddStaffAsync(Roles.Administrator));
            return (await clinic.Host.Get<AccountService>().ListAsync(administrator, new AccountQuery(search), default)).Value.Items
                .Select(row => row.Id);
        }
    }
}

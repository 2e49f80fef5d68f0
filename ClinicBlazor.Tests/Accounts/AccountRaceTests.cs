using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Accounts;

/// <summary>What somebody does with an account is done, also when something else happens to it in the same moment.</summary>
public abstract class AccountRaceTests(DatabaseKind kind) : IAsyncLifetime
{
    private readonly Interference interference = new();
    private DomainHost? host;

    public sealed class OnSqlite() : AccountRaceTests(DatabaseKind.Sqlite);

    public sealed class OnPostgres() : AccountRaceTests(DatabaseKind.Postgres);

    private DomainHost Host => host!;

    public async Task InitializeAsync() => host = await interference.StartAsync(kind);

    public async Task DisposeAsync() => await Host.DisposeAsync();

    [Fact]
    [Trait("Requirement", "S4-02")]
    public async Task SignOutAsync_WhileAProofFailsInTheSession_EndsItAllTheSame()
    {
        var nurse = await Host.People.AddStaffAsync(Roles.Nurse);
        var actor = await Host.People.ActorAsync(nurse);
        interference.BeforeNextSave(async () =>
            Assert.False((await Host.Get<OwnAccountService>().ProveAsync(actor, "wrong", default)).IsSuccess));

        Assert.True((await Host.Get<SessionService>().SignOutAsync(actor)).IsSuccess);

        Assert.Null(await Host.People.FindSessionAsync(nurse));
    }

    [Fact]
    [Trait("Requirement", "S2-03")]
    public async Task ChoosePasswordAsync_WhileSomebodyFailsToSignIn_SetsItAllTheSame()
    {
        var nurse = await Host.People.AddStaffAsync(Roles.Nurse);
        var (anybody, signIns) = (Actor.Anonymous(TestPeople.Client), new SignIns(Host));
        await Host.Get<RegistrationService>().RequestPasswordResetAsync(anybody, nurse.Email, default);
        var link = (await Host.SentAsync()).Last(mail => mail.Token is not null).Token!;
        interference.BeforeNextSave(() => signIns.FailAsync(nurse, 1));

        var chosen = await Host.Get<RegistrationService>().ChoosePasswordAsync(anybody, link, "Purple-Kettle-42-Sings", default);

        Assert.True(chosen.IsSuccess);
        Assert.NotNull(await signIns.PasswordAsync(nurse, "Purple-Kettle-42-Sings"));
    }
}

using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Access;

/// <summary>Sensitive acts ask again who sits there, before they tell anything.</summary>
[Trait("Requirement", "B-02")]
public abstract class FreshProofTests(ClinicFixture clinic)
{
    public sealed class OnSqlite(SqliteClinic clinic) : FreshProofTests(clinic), IClassFixture<SqliteClinic>;

    public sealed class OnPostgres(PostgresClinic clinic) : FreshProofTests(clinic), IClassFixture<PostgresClinic>;

    [Fact]
    public async Task EverySensitiveCell_WithAProofOfMoreThanFiveMinutes_AsksForANewOne()
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var cells = AccessMatrix.Cells.Where(cell => cell.IsPermitted && AccessMatrix.LineOf(cell.Case.Permission).FreshProof).ToList();
        var worlds = await new MatrixWorlds(host).ArrangeAsync(cells);
        var before = await MatrixState.ReadAsync(host);
        host.Clock.Advance(TimeSpan.FromMinutes(AccessPolicy.ProofMinutes) + TimeSpan.FromSeconds(1));

        foreach (var cell in cells)
        {
            var world = worlds[(cell.Case, cell.Asker)];
            var session = await host.Get<SessionService>().FindAsync(world.SessionToken!, TestPeople.Client, default);
            var answer = await cell.Case.CallAsync(new AccessCall(host, cell, world, session!.Actor));
            Assert.True(answer.Error?.Kind == ErrorKind.StepUpNeeded, $"{cell} answered {answer.Error?.Kind}");
        }

        var after = await MatrixState.ReadAsync(host);
        Assert.Contains(cells, cell => cell.Relation == Relation.Missing);
        Assert.All(worlds.Values.SelectMany(world => world.Charts),
            chart => Assert.Equal(before.Of(chart.PatientId), after.Of(chart.PatientId)));
    }

    [Fact]
    public async Task ProveAsync_WithThePassword_LetsTheSensitiveActThrough()
    {
        await using var host = await DomainHost.StartAsync(clinic.Host.Kind);
        var administrator = await host.People.AddStaffAsync(Roles.Administrator);
        var nurse = await host.People.AddStaffAsync(Roles.Nurse);
        host.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(ErrorKind.StepUpNeeded, (await DeactivateAsync()).Error?.Kind);

        Assert.True(
            (await host.Get<OwnAccountService>().ProveAsync(await host.People.ActorAsync(administrator), TestPeople.Password, default))
            .IsSuccess);

        Assert.True((await DeactivateAsync()).IsSuccess);

        async Task<Result<Done>> DeactivateAsync() =>
            await host.Get<AccountService>().DeactivateAsync(await host.People.ActorAsync(administrator), nurse.AccountId, default);
    }

    [Fact]
    public async Task ProveAsync_WithWrongPasswords_EndsThisSessionAloneAtTheFifth()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        var elsewhere = await SignInElsewhereAsync(administrator);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var wrong = await clinic.Host.Get<OwnAccountService>()
                .ProveAsync(await clinic.People.ActorAsync(administrator), "wrong", default);
            Assert.Equal(ErrorKind.Invalid, wrong.Error?.Kind);
        }

        Assert.Null(await clinic.People.FindSessionAsync(administrator));
        Assert.NotNull(await clinic.Host.Get<SessionService>().FindAsync(elsewhere, TestPeople.Client, default));
        await using var db = await clinic.Host.OpenAsync();
        var account = await db.Set<Account>().SingleAsync(account => account.Id == administrator.AccountId);
        Assert.Equal((0, (DateTimeOffset?)null), (account.AccessFailedCount, account.LockoutEnd));
    }

    [Fact]
    public async Task ProveAsync_FailuresBeforeAGoodProof_AreForgotten()
    {
        var administrator = await clinic.People.AddStaffAsync(Roles.Administrator);
        foreach (var proof in (string[])["wrong", "wrong", "wrong", "wrong", TestPeople.Password, "wrong"])
        {
            await clinic.Host.Get<OwnAccountService>().ProveAsync(await clinic.People.ActorAsync(administrator), proof, default);
        }

        Assert.NotNull(await clinic.People.FindSessionAsync(administrator));
    }

    private async Task<string> SignInElsewhereAsync(TestPerson person)
    {
        await using var db = await clinic.Host.OpenAsync();
        var account = await db.Set<Account>().SingleAsync(row => row.Id == person.AccountId);
        var session = clinic.Host.Get<SessionService>().Start(db, account, SessionStage.Full, TestPeople.Client);
        await db.SaveChangesAsync();
        return session.Token;
    }
}

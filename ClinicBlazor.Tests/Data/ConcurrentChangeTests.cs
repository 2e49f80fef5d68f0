using System.Data;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClinicBlazor.Tests.Data;

/// <summary>What PostgreSQL gives up because of somebody else is a conflict, and no fault.</summary>
[Trait("Requirement", "B-07")]
public sealed class ConcurrentChangeTests(PostgresClinic clinic) : IClassFixture<PostgresClinic>
{
    [Fact]
    public async Task Is_OfTwoWhoWaitForEachOther_IsTrueForWhoeverIsGivenUp()
    {
        var (one, other) = (await clinic.People.AddStaffAsync(Roles.Nurse), await clinic.People.AddStaffAsync(Roles.Nurse));
        await using var first = await clinic.Host.OpenAsync();
        await using var second = await clinic.Host.OpenAsync();
        await first.Database.BeginTransactionAsync();
        await second.Database.BeginTransactionAsync();
        await TouchAsync(first, one);
        await TouchAsync(second, other);

        var faults = await Task.WhenAll(FaultAsync(first, other), FaultAsync(second, one));

        var fault = Assert.Single(faults.OfType<Exception>());
        Assert.Equal(PostgresErrorCodes.DeadlockDetected, StateOf(fault));
        Assert.True(ConcurrentChange.Is(fault));
    }

    [Fact]
    public async Task Is_OfARowThatChangedUnderASnapshot_IsTrue()
    {
        var person = await clinic.People.AddStaffAsync(Roles.Nurse);
        await using var db = await clinic.Host.OpenAsync();
        await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        Assert.True(await db.Set<Account>().AnyAsync(row => row.Id == person.AccountId));
        await ChangeElsewhereAsync(person);

        var fault = await FaultAsync(db, person);

        Assert.Equal(PostgresErrorCodes.SerializationFailure, StateOf(fault));
        Assert.True(ConcurrentChange.Is(fault!));
    }

    [Fact]
    public async Task Is_OfARowThatBreaksARule_IsFalse()
    {
        await using var db = await clinic.Host.OpenAsync();
        db.Set<AccessGrant>().Add(new AccessGrant
        {
            Id = clinic.Host.Clock.NewId(), PatientId = clinic.Host.Clock.NewId(), AccountId = clinic.Host.Clock.NewId(),
            Kind = GrantKind.CareTeam, StartsAt = clinic.Host.Clock.Now(),
        });

        Assert.False(ConcurrentChange.Is(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())));
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task RunAsync_MeetingAChangeUnderASnapshot_IsRunAgainOrAnswersConflict(bool retry, int attempts)
    {
        var person = await clinic.People.AddStaffAsync(Roles.Nurse);
        var (actor, runs) = (await clinic.People.ActorAsync(person), 0);
        var request = new AccessRequest(Permission.OwnAccount, AuditAct.PageOpened);

        var result = await clinic.Host.Gate.RunAsync<Done>(actor, request, async db =>
        {
            if (++runs == 1)
            {
                await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            }

            var account = await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == person.AccountId);
            if (runs == 1)
            {
                await ChangeElsewhereAsync(person);
            }

            account.Touch();
            return Done.Instance;
        }, default, retry);

        Assert.Equal((attempts, retry ? (ErrorKind?)null : ErrorKind.Conflict), (runs, result.Error?.Kind));
    }

    private static string? StateOf(Exception? fault) => (fault?.GetBaseException() as PostgresException)?.SqlState;

    /// <summary>Somebody else changes the row, without its version: a snapshot alone notices.</summary>
    private Task ChangeElsewhereAsync(TestPerson person) => new Intruder(clinic.Host)
        .ExecuteAsync("UPDATE \"Accounts\" SET \"AccessFailedCount\" = \"AccessFailedCount\" WHERE \"Id\" = @p0", person.AccountId);

    private static async Task TouchAsync(ClinicDbContext db, TestPerson person)
    {
        (await db.Set<Account>().AsTracking().SingleAsync(row => row.Id == person.AccountId)).Touch();
        await db.SaveChangesAsync();
    }

    /// <summary>What a change ends with; null when it is saved. Who is given up lets go of what they held.</summary>
    private static async Task<Exception?> FaultAsync(ClinicDbContext db, TestPerson person)
    {
        try
        {
            await TouchAsync(db, person);
            return null;
        }
        catch (Exception fault) when (fault is InvalidOperationException or DbUpdateException)
        {
            await db.Database.RollbackTransactionAsync();
            return fault;
        }
    }
}

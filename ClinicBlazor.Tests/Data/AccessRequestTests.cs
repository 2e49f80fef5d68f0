using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Audit;
using ClinicBlazor.Domain.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ClinicBlazor.Tests.Data;

/// <summary>What a request tells its trace, and which failed saves are a lost race.</summary>
[Trait("Requirement", "S4-01")]
public sealed class AccessRequestTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(0, 8).Select(_ => Guid.CreateVersion7())];

    private static readonly AccessRequest Request = new(Permission.RecordRead, AuditAct.RecordRead)
    {
        Outcome = AuditOutcome.Failed,
        PatientId = Ids[0],
        RecordId = Ids[1],
        VisitId = Ids[2],
        DocumentId = Ids[7],
        SubjectId = Ids[3],
        AccountId = Ids[4],
        SessionId = Ids[5],
        Details = [AuditDetail.Ssn],
    };

    [Fact]
    public void NewTrace_SaysAllThatWasAskedFor()
    {
        var trace = Request.NewTrace();

        Assert.Equal((AuditAct.RecordRead, AuditOutcome.Failed), (trace.Act, trace.Outcome));
        Assert.Equal([.. Ids[..6], Ids[7]], new[]
        {
            trace.PatientId, trace.RecordId, trace.VisitId, trace.SubjectId, trace.AccountId, trace.SessionId, trace.DocumentId,
        }.Select(id => id!.Value));
        Assert.Equal([AuditDetail.Ssn], trace.DetailsOf(AuditAct.RecordRead));
        Assert.Equal(AuditOutcome.Done, new AccessRequest(Permission.RecordRead, AuditAct.RecordRead).NewTrace().Outcome);
    }

    [Theory]
    [InlineData(Permission.RecordRead, true)]
    [InlineData(Permission.PatientRead, true)]
    [InlineData(Permission.OwnAccount, false)]
    [InlineData(Permission.AccountManage, false)]
    public void NewBrokenSealTrace_WithoutAPatient_NamesTheOwnerWhereThatIsOne(Permission permission, bool named)
    {
        var trace = (Request with { Permission = permission, PatientId = null }).NewBrokenSealTrace(Ids[6]);

        Assert.Equal((AuditAct.SealBroken, named ? Ids[6] : null), (trace.Act, trace.PatientId));
        Assert.Equal(Ids[1], trace.RecordId);
    }

    [Fact]
    public void NewBrokenSealTrace_WithAPatient_NamesThatOne() => Assert.Equal(Ids[0], Request.NewBrokenSealTrace(Ids[6]).PatientId);

    [Theory]
    [Trait("Requirement", "B-14")]
    [InlineData(2067, "UNIQUE constraint failed", true)]
    [InlineData(1555, "UNIQUE constraint failed", true)]
    [InlineData(1811, $"X {AppendOnly.NeverReplaced}", true)]
    [InlineData(1811, $"X {AddendumTriggers.OnSignedOnly}", true)]
    [InlineData(1811, $"X {SignatureTriggers.OnNoError}", true)]
    [InlineData(1811, "another trigger", false)]
    [InlineData(787, $"X {AppendOnly.NeverReplaced}", false)]
    public void ConcurrentChange_OnSqlite_IsAKeyThatIsTakenOrARowThatTakesNothingMore(int code, string message, bool expected)
    {
        var update = new DbUpdateException("", new SqliteException(message, code & 0xFF, code));

        Assert.Equal(expected, ConcurrentChange.Is(update));
        Assert.Equal(expected, ConcurrentChange.Is(new InvalidOperationException("", update)));
        Assert.False(ConcurrentChange.Is(update.InnerException!));
    }

    [Theory]
    [Trait("Requirement", "B-14")]
    [InlineData(PostgresErrorCodes.UniqueViolation, "", true)]
    [InlineData(PostgresErrorCodes.SerializationFailure, "", true)]
    [InlineData(PostgresErrorCodes.DeadlockDetected, "", true)]
    [InlineData(PostgresErrorCodes.RestrictViolation, AddendumTriggers.OnSignedOnly, true)]
    [InlineData(PostgresErrorCodes.RestrictViolation, SignatureTriggers.OnNoError, true)]
    [InlineData(PostgresErrorCodes.RestrictViolation, "another trigger", false)]
    [InlineData(PostgresErrorCodes.ForeignKeyViolation, AddendumTriggers.OnSignedOnly, false)]
    public void ConcurrentChange_OnPostgres_IsAKeyThatIsTakenAWaitOrARowThatTakesNothingMore(string state, string message, bool expected) =>
        Assert.Equal(expected, ConcurrentChange.Is(new DbUpdateException("", new PostgresException(message, "ERROR", "ERROR", state))));

    [Fact]
    [Trait("Requirement", "B-14")]
    public void ConcurrentChange_OfARowVersion_IsOneAndAnyOtherFaultIsNot()
    {
        Assert.True(ConcurrentChange.Is(new DbUpdateConcurrencyException()));
        Assert.False(ConcurrentChange.Is(new DbUpdateException("", new TimeoutException())));
        Assert.False(ConcurrentChange.Is(new DbUpdateException()));
        Assert.False(ConcurrentChange.Is(new TimeoutException()));
    }
}

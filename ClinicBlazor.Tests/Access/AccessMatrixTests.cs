using ClinicBlazor.Domain.Audit;
using Xunit.Abstractions;

namespace ClinicBlazor.Tests.Access;

/// <summary>Each method × each asker × own, assigned, foreign and missing, on the real database.</summary>
[Trait("Requirement", "S4-01")]
[Trait("Requirement", "S1-01")]
[Trait("Requirement", "S0-01")]
[Trait("Requirement", "C-05")]
public abstract class AccessMatrixTests(MatrixRun run, ITestOutputHelper output)
{
    public sealed class OnSqlite(SqliteMatrixRun run, ITestOutputHelper output) : AccessMatrixTests(run, output),
        IClassFixture<SqliteMatrixRun>;

    public sealed class OnPostgres(PostgresMatrixRun run, ITestOutputHelper output) : AccessMatrixTests(run, output),
        IClassFixture<PostgresMatrixRun>;

    /// <summary>Methods that change something and are carried out each time they come, each with its reason.</summary>
    private static readonly Dictionary<string, string> DoneAgain = new()
    {
        ["DraftService.DiscardAsync"] = "what is thrown away is gone",
        ["RegistrationDraftService.EndAsync"] = "what is thrown away is gone",
    };

    /// <summary>Methods that change nothing.</summary>
    private static readonly string[] Reads =
    [
        "PageGuard.MayOpenAsync", "PatientService.ExistsAsync", "RecordService.ExistsAsync", "PatientService.ListAsync",
            "PatientService.GetAsync",
        "PatientService.ShowIdentifierAsync", "CareTeamService.CandidatesAsync", "VisitStaffService.CandidatesAsync",
        "RecordService.ListAsync",
        "RecordService.CountOwnAnsweredAsync", "RecordService.ListWaitingAsync", "RecordService.ListAssignedAsync",
            "RecordService.FindNextWaitingAsync",
        "RecordService.ListEnteredInErrorAsync", "RecordService.GetAsync", "DraftService.FindAsync", "RegistrationDraftService.FindAsync",
            "AuditService.ListAsync",
            "AuditService.CompareAsync", "AuditService.OwnAccessHistoryAsync",
            "AuditArchiveService.ReadAsync", "AuditReviewService.ListAsync", "AuditReviewService.ReadAsync",
            "AuditReviewService.CountUnsignedAsync",
        "PasskeyService.ListAsync", "AccountService.ListAsync", "RoleGrantService.ListAsync", "PatientService.DuplicatesAsync",
        "CareTeamService.DoctorsAsync", "LookReportService.ListOpenAsync", "VisitHistoryService.ListAsync",
        "VisitHistoryService.ExistsAsync", "VisitHistoryService.GetAsync", "QueueService.ListAsync",
        "VisitStaffService.DoctorsAsync", "AuditExport.ReadAllAsync", "BillingReader.GetAsync", "BillingReader.ListOpenAsync",
        "DocumentService.ListOfRecordAsync", "DocumentService.ListOfVisitAsync", "DocumentService.ListAsync",
        "DocumentService.ListUnattachedAsync", "DocumentService.OpenAsync", "DocumentService.OpenThumbnailAsync",
        "BillingReader.PricesAsync", "BillingReader.ReceiptPrintedAsync", "PriceListService.ListAsync",
        "AlertService.ListAsync", "AlertService.CountOpenAsync", "AlertService.ReadAllAsync",
    ];

    [Fact]
    public void EveryCell_Called_EndsAsTheTableSays()
    {
        Assert.Empty(run.Outcomes.Where(outcome => outcome.Answer.Error?.Kind != outcome.Cell.ExpectedError)
            .Select(outcome => $"{outcome}, expected {outcome.Cell.ExpectedError}"));

        var allowed = run.Outcomes.Count(outcome => outcome.Cell.IsAllowed);
        output.WriteLine(
            $"{run.Outcomes.Count} cells of {AccessCases.All.Count} methods: {allowed} allowed, {run.Outcomes.Count - allowed} refused.");
        Assert.Equal(AccessMatrix.Cells.Count, run.Outcomes.Count);
        Assert.All(AccessCases.All, accessCase =>
        {
            Assert.Contains(run.Outcomes, outcome => outcome.Cell.Case == accessCase && outcome.Cell.IsAllowed);
            Assert.Contains(run.Outcomes, outcome => outcome.Cell.Case == accessCase && !outcome.Cell.IsAllowed);
        });
    }

    [Fact]
    public void EveryList_Read_HoldsWhomTheTableGivesAndNobodyElse()
    {
        var lists = run.Outcomes.Where(outcome => outcome.Cell.Case.Subject == Subject.List).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, outcome => Assert.Equal(outcome.Cell.IsAllowed, outcome.Answer.Listed!.Contains(outcome.Call.PatientId)));
        Assert.All(lists.Where(outcome => !outcome.Cell.IsAllowed),
            outcome => Assert.DoesNotContain(outcome.Call.World.Foreign.PatientId, outcome.Answer.Listed!));
    }

    [Fact]
    public void MissingAndForeign_WhereNeitherIsAllowed_AnswerAndAuditAlike()
    {
        var pairs =
            from missing in run.Outcomes
            from other in run.Outcomes
            where missing.Cell.Case == other.Cell.Case && missing.Cell.Asker == other.Cell.Asker && !other.Cell.IsAllowed
            where (missing.Cell.Relation, other.Cell.Relation) is (Relation.Missing, Relation.Foreign or Relation.Assigned or Relation.Own)
                or (Relation.MissingItem, Relation.ForeignItem or Relation.OtherItem)
            select (Missing: missing, Other: other);
        var compared = pairs.ToList();

        Assert.NotEmpty(compared);
        Assert.All(compared, pair =>
        {
            Assert.Equal(pair.Missing.Answer.Error, pair.Other.Answer.Error);
            Assert.Equal(pair.Missing.Audit.Select(Kind).Distinct(), pair.Other.Audit.Select(Kind).Distinct());
        });

        // Under whom a refusal is found is what only the audit trail knows, and tells the two apart for those who review it.
        static object Kind(AuditEntry entry) =>
            (entry.Act, entry.Outcome, entry.Level, entry.Role, entry.RecordId is null, entry.VisitId is null, entry.SubjectId is null);
    }

    [Fact]
    public void EveryRefusal_Answered_IsAuditedWithTheIdsAskedFor()
    {
        var refused = run.Outcomes.Where(outcome => outcome.Cell.ExpectedError is not null).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, outcome =>
        {
            // What belongs to another patient than the one that was named leaves an entry under each of the two.
            var ofTwo = outcome.Cell.Relation is Relation.ForeignItem or Relation.OtherItem && outcome.Call.ItemOwnerId is { } owner
                && owner != outcome.Call.PatientId;
            Assert.Equal(ofTwo ? 2 : 1, outcome.Audit.Count);
            Assert.All(outcome.Audit, entry =>
            {
                Assert.Equal((AuditOutcome.Denied, AuditLevel.Warning), (entry.Outcome, entry.Level));
                Assert.Equal((outcome.Call.Actor.AccountId, outcome.Call.Actor.SessionId), (entry.AccountId, entry.SessionId));
            });
            AssertIdsAskedFor(outcome, outcome.Audit.First(entry => !ofTwo || entry.PatientId == outcome.Call.PatientId));
        });
    }

    [Fact]
    [Trait("Requirement", "S2-13")]
    public void EveryRefusal_OfSomethingThatExists_IsFoundUnderThePatientItBelongsTo()
    {
        var refused = run.Outcomes.Where(
            outcome => outcome.Cell.ExpectedError is not null && outcome.Cell.Case.Subject is Subject.Record or Subject.PatientAndItem)
            .Where(outcome => outcome.Cell.ExpectedError is not null && outcome.Call.ItemOwnerId is not null).ToList();

        Assert.NotEmpty(refused);
        Assert.All(refused, outcome => Assert.Contains(outcome.Audit, entry => entry.PatientId == outcome.Call.ItemOwnerId));
    }

    [Fact]
    public void EveryCarriedOutCall_Answered_IsAuditedAsDone()
    {
        var done = run.Outcomes.Where(outcome => outcome.Cell.ExpectedError is null).ToList();

        Assert.NotEmpty(done);
        Assert.All(done, outcome =>
        {
            // Who goes on typing had an entry when the draft was begun, and a number beside the menu has none.
            if (outcome.Cell.Case.Method is "DraftService.SaveAsync" or "AlertService.CountOpenAsync"
                or "AuditReviewService.CountUnsignedAsync" && outcome.Audit.Count == 0)
            {
                return;
            }

            var entry = Assert.Single(outcome.Audit);
            Assert.Equal(AuditOutcome.Done, entry.Outcome);
            Assert.Equal(outcome.Cell.Roles.ToString(), entry.Role);
            AssertIdsAskedFor(outcome, entry);
        });
    }

    [Fact]
    public void EveryRefusal_Answered_ChangesNothing()
    {
        // A chart counts as untouched where every call of its world that named it was refused.
        var named = run.Outcomes.Where(outcome => outcome.Cell.Relation is Relation.Own or Relation.Assigned or Relation.Foreign).ToList();

        Assert.All(named.Where(outcome => !outcome.Cell.IsAllowed),
            outcome => Assert.Equal(run.Before.Of(outcome.Call.PatientId), run.After.Of(outcome.Call.PatientId)));
        Assert.All(
            run.Outcomes.Where(outcome => outcome.Cell is { Relation: Relation.Existing, IsAllowed: false }),
            outcome => Assert.Equal(run.Before.Of(outcome.Call.TargetAccountId), run.After.Of(outcome.Call.TargetAccountId)));
    }

    [Fact]
    public void EveryAllowedChange_Answered_IsStored()
    {
        var changes = run.Outcomes.Where(outcome => outcome.Cell is { IsAllowed: true, Case.Changes: true }).ToList();

        Assert.NotEmpty(changes);
        Assert.All(changes, outcome =>
        {
            var id = outcome.Cell.Relation switch
            {
                Relation.Existing => outcome.Call.TargetAccountId,
                Relation.Unnamed => outcome.Call.Actor.AccountId!.Value,
                _ => outcome.Call.PatientId,
            };
            Assert.NotEqual(run.Before.Of(id), run.After.Of(id));
        });
    }

    [Fact]
    [Trait("Requirement", "B-14")]
    public void EveryChange_ArrivingTwice_IsDoneOnceAndAnsweredTheSame()
    {
        var allowed = run.Outcomes.Where(outcome => outcome.Again is not null && !Reads.Contains(outcome.Cell.Case.Method)).ToList();

        Assert.NotEmpty(allowed);
        Assert.All(allowed, outcome => Assert.Null(outcome.Again!.Error));
        Assert.Equal(
            DoneAgain.Keys.Order(StringComparer.Ordinal),
            allowed.Where(outcome => outcome.AuditAgain.Count > 0).Select(outcome => outcome.Cell.Case.Method).Distinct()
                .Order(StringComparer.Ordinal));
    }

    private static void AssertIdsAskedFor(Outcome outcome, AuditEntry entry)
    {
        var (subject, call) = (outcome.Cell.Case.Subject, outcome.Call);
        if (subject is Subject.Patient or Subject.PatientAndItem)
        {
            Assert.Equal(call.PatientId, entry.PatientId);
        }

        if (subject is Subject.Record or Subject.PatientAndItem)
        {
            Assert.Contains(entry.RecordId ?? entry.VisitId ?? entry.DocumentId, (Guid?[])[call.RecordId, call.VisitId, call.DocumentId]);
        }

        if (subject == Subject.Account)
        {
            Assert.Equal(call.TargetAccountId, entry.SubjectId);
        }
    }
}

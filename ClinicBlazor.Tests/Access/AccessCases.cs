using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Accounts;
using ClinicBlazor.Domain.Accounts.Grants;
using ClinicBlazor.Domain.Billing;
using ClinicBlazor.Domain.Data;
using ClinicBlazor.Domain.Documents;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Security;
using ClinicBlazor.Domain.Security.Alerts;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;

namespace ClinicBlazor.Tests.Access;

/// <summary>What a call answered.</summary>
/// <param name="Error">Null for a success.</param>
/// <param name="Listed">Patients in the list that was asked for.</param>
internal sealed record Answer(Error? Error, IReadOnlyList<Guid>? Listed = null)
{
    public static Answer Of<T>(Result<T> result) => new(result.Error);
}

/// <summary>How one method is called with input that only access can refuse.</summary>
/// <param name="Method"><c>Service.Method</c>.</param>
/// <param name="Permission">The line of the table that it belongs to.</param>
/// <param name="Subject">What it names.</param>
/// <param name="Changes">True when a success changes the chart or account it names.</param>
/// <param name="CallAsync">The call.</param>
/// <param name="Except">A relation that cannot be arranged for it.</param>
/// <param name="Variant">Which of its acts, for a method that carries out several; each has its own permission.</param>
internal sealed record AccessCase(
    string Method, Permission Permission, Subject Subject, bool Changes, Func<AccessCall, Task<Answer>> CallAsync, Relation? Except = null,
    string Variant = "");

/// <summary>One case for each method that takes an actor. A method without one fails a test.</summary>
internal static class AccessCases
{
    private const string Form = "record/new";

    private static readonly ProblemDescription Problem = new("A rash on both arms.");

    public static IReadOnlyList<AccessCase> All { get; } =
    [
        Reading("PatientService.ExistsAsync", Permission.PatientRead, Subject.Patient,
            call => Exists(call.Get<PatientService>().ExistsAsync(call.Actor, call.PatientId, default))),
        Reading("RecordService.ExistsAsync", Permission.RecordRead, Subject.Record,
            call => Exists(call.Get<RecordService>().ExistsAsync(call.Actor, call.RecordId, default))),
        Reading("PageGuard.MayOpenAsync", Permission.AuditRead, Subject.Nothing, async call =>
            new Answer(await call.Get<PageGuard>().MayOpenAsync(call.Actor, Permission.AuditRead, default) ? null : Error.Denied)),

        Reading("PatientService.ListAsync", Permission.PatientList, Subject.List, async call =>
            Listed(await call.Get<PatientService>().ListAsync(call.Actor, new PatientQuery($"{call.PatientNumber}"), default),
                row => row.Id)),
        Reading("PatientService.GetAsync", Permission.PatientRead, Subject.Patient,
            async call => Answer.Of(await call.Get<PatientService>().GetAsync(call.Actor, call.PatientId, default))),
        Reading("PatientService.RegisterAsync", Permission.PatientRegister, Subject.Nothing, async call =>
            Answer.Of(await call.Get<PatientService>().RegisterAsync(call.Actor,
                new NewPatient("Nele", "Newcomer", "1990-01-01", Sex.Female, DuplicateReason: "Another one."), default))),
        Reading("PatientService.DuplicatesAsync", Permission.PatientRegister, Subject.Nothing, async call =>
            Answer.Of(await call.Get<PatientService>()
                .DuplicatesAsync(call.Actor, new NewPatient("Nele", "Newcomer", "1990-01-01", Sex.Female), default))),
        Reading("PatientService.ShowIdentifierAsync", Permission.PatientIdentifierShow, Subject.Patient, async call =>
            Answer.Of(await call.Get<PatientService>().ShowIdentifierAsync(call.Actor, call.PatientId, IdentifierKind.Ssn, default))),
        Changing("PatientService.SetActiveAsync", Permission.PatientStatusChange, Subject.Patient, async call =>
            Answer.Of(await call.Get<PatientService>().SetActiveAsync(call.Actor, call.PatientId, active: false, default))),

        Reading("CareTeamService.CandidatesAsync", Permission.CareTeamChange, Subject.Patient,
            async call => Answer.Of(await call.Get<CareTeamService>().CandidatesAsync(call.Actor, call.PatientId, default))),
        Reading("CareTeamService.DoctorsAsync", Permission.PatientRegister, Subject.Nothing,
            async call => Answer.Of(await call.Get<CareTeamService>().DoctorsAsync(call.Actor, default))),
        Changing("CareTeamService.AddAsync", Permission.CareTeamChange, Subject.Patient, async call =>
            Answer.Of(await call.Get<CareTeamService>().AddAsync(call.Actor, call.PatientId, call.ColleagueId, default))),
        Changing("CareTeamService.EndAsync", Permission.CareTeamChange, Subject.Patient, async call =>
            Answer.Of(await call.Get<CareTeamService>().EndAsync(call.Actor, call.PatientId, call.MemberId, default))),

        // One's own chart is linked already, which is what this would do.
        Changing("AccountLinkService.RequestAsync", Permission.PatientAccountLink, Subject.Patient, async call =>
            Answer.Of(await call.Get<AccountLinkService>().RequestAsync(call.Actor, call.PatientId, call.UnlinkedEmail,
                IdentityDocument.Passport, default))) with { Except = Relation.Own },
        Changing("AccountLinkService.ConfirmAsync", Permission.PatientAccountConfirm, Subject.Patient, async call =>
            Answer.Of(await call.Get<AccountLinkService>().ConfirmAsync(call.Actor, call.PatientId, (await call.LinkAsync()).Id, default))),
        Changing("AccountLinkService.EndAsync", Permission.PatientAccountLink, Subject.Patient, async call =>
            Answer.Of(await call.Get<AccountLinkService>()
                .EndAsync(call.Actor, call.PatientId, (await call.LinkAsync()).AccountId, default))),

        Changing("VisitService.StartAsync", Permission.VisitChange, Subject.Patient,
            async call => Answer.Of(await call.Get<VisitService>().StartAsync(call.Actor, call.PatientId, doctorId: null, default))),
        Changing("VisitService.PlanAsync", Permission.VisitChange, Subject.Patient, async call => Answer.Of(
            await call.Get<VisitService>().PlanAsync(call.Actor, call.PatientId, new NewVisit(call.Tomorrow, "14:30"), default))),
        Doing(VisitAct.StartTriage, Permission.VisitTriage),
        Doing(VisitAct.CallIn, Permission.VisitCallIn),
        Doing(VisitAct.Finish, Permission.VisitChange),
        Doing(VisitAct.Cancel, Permission.VisitChange),
        Doing(VisitAct.MarkInError, Permission.VisitChange),
        Changing("VisitService.UndoAsync", Permission.VisitUndo, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<VisitService>().UndoAsync(call.Actor, call.PatientId, call.VisitId, await call.LastEventAsync(), default))),
        Changing("VisitService.GiveToAsync", Permission.VisitChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<VisitService>().GiveToAsync(call.Actor, call.PatientId, call.VisitId, call.ColleagueId, default))),
        Reading("VisitHistoryService.ListAsync", Permission.PatientRead, Subject.Patient,
            async call => Answer.Of(await call.Get<VisitHistoryService>().ListAsync(call.Actor, call.PatientId, after: null, default))),
        Reading("VisitHistoryService.ExistsAsync", Permission.PatientRead, Subject.Record,
            call => Exists(call.Get<VisitHistoryService>().ExistsAsync(call.Actor, call.VisitId, default))),
        Reading("VisitHistoryService.GetAsync", Permission.PatientRead, Subject.Record,
            async call => Answer.Of(await call.Get<VisitHistoryService>().GetAsync(call.Actor, call.VisitId, again: false, default))),
        Reading("QueueService.ListAsync", Permission.QueueRead, Subject.List, async call =>
            await call.Get<QueueService>().ListAsync(call.Actor, new HashSet<Guid>(), default) is { IsSuccess: true } board
                ? new Answer(null, [.. board.Value.Rows.Select(row => row.PatientId)]) : new Answer(Error.NotFound, [])),
        Reading("VisitStaffService.DoctorsAsync", Permission.VisitChange, Subject.Nothing,
            async call => Answer.Of(await call.Get<VisitStaffService>().DoctorsAsync(call.Actor, default))),
        Reading("VisitStaffService.CandidatesAsync", Permission.VisitStaffChange, Subject.Patient,
            async call => Answer.Of(await call.Get<VisitStaffService>().CandidatesAsync(call.Actor, call.PatientId, default))),
        Changing("VisitStaffService.JoinAsync", Permission.VisitStaffChange, Subject.PatientAndItem, async call =>
            Answer.Of(await call.Get<VisitStaffService>().JoinAsync(call.Actor, call.PatientId, call.VisitId, call.ColleagueId, default))),
        Changing("VisitStaffService.LeaveAsync", Permission.VisitStaffChange, Subject.PatientAndItem, async call =>
            Answer.Of(await call.Get<VisitStaffService>().LeaveAsync(call.Actor, call.PatientId, call.VisitId, call.MemberId, default))),

        Reading("BillingReader.GetAsync", Permission.BillingRead, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingReader>().GetAsync(call.Actor, call.PatientId, call.VisitId, again: false, default))),
        Reading("BillingReader.ListOpenAsync", Permission.BillingChange, Subject.List, async call =>
            Listed(await call.Get<BillingReader>().ListOpenAsync(call.Actor, after: null, known: null, default),
                row => row.PatientId)),
        Reading("BillingReader.PricesAsync", Permission.BillingChange, Subject.Nothing,
            async call => Answer.Of(await call.Get<BillingReader>().PricesAsync(call.Actor, default))),
        Reading("BillingReader.ReceiptPrintedAsync", Permission.BillingRead, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingReader>().ReceiptPrintedAsync(call.Actor, call.PatientId, call.VisitId, default))),
        Changing("BillingService.AddChargeAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingService>()
                .AddChargeAsync(call.Actor, call.PatientId, call.VisitId, await call.PriceAsync("FEE"), default))),
        Changing("BillingService.ReverseChargeAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingService>().ReverseChargeAsync(call.Actor, call.PatientId, call.VisitId,
                await call.EntryAsync(LedgerKind.Charge), "By mistake.", default))),
        Changing("BillingService.TakePaymentAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingService>().TakePaymentAsync(call.Actor, call.PatientId, call.VisitId,
                new NewPayment("1.00", PaymentMethod.Cash), default))),
        Changing("BillingService.RefundAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingService>().RefundAsync(call.Actor, call.PatientId, call.VisitId,
                await call.EntryAsync(LedgerKind.Payment), "1.00", "By mistake.", seen: null, default))),
        Changing("BillingService.WaiveAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingService>().WaiveAsync(call.Actor, call.PatientId, call.VisitId, "1.00", "Hardship.", seen: null,
                default))),
        Changing("BillingService.EndWaiverAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<BillingService>().EndWaiverAsync(call.Actor, call.PatientId, call.VisitId,
                await call.EntryAsync(LedgerKind.Waiver), "By mistake.", default))),
        Changing("ClearanceService.ApproveAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().ApproveAsync(call.Actor, call.PatientId, call.VisitId,
                new NewApproval("1.00", "A-1", call.Tomorrow), default))),
        Changing("ClearanceService.WithdrawAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().WithdrawAsync(call.Actor, call.PatientId, call.VisitId,
                await call.EntryAsync(LedgerKind.Approval), "By mistake.", default))),
        Changing("ClearanceService.DeferAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().DeferAsync(call.Actor, call.PatientId, call.VisitId, seen: null, default))),
        Changing("ClearanceService.PlanAsync", Permission.BillingChange, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().PlanAsync(call.Actor, call.PatientId, call.VisitId, 3, seen: null, default))),
        Changing("ClearanceService.MarkEmergencyAsync", Permission.EmergencyMark, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().MarkEmergencyAsync(call.Actor, call.PatientId, call.VisitId, default))),
        Changing("ClearanceService.WithdrawEmergencyAsync", Permission.EmergencyMark, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().WithdrawEmergencyAsync(call.Actor, call.PatientId, call.VisitId,
                await call.EntryAsync(LedgerKind.Emergency), "By mistake.", default))),
        Changing("ClearanceService.OverrideAsync", Permission.PaymentOverride, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<ClearanceService>().OverrideAsync(call.Actor, call.PatientId, call.VisitId, "It cannot wait.", default))),
        Reading("PriceListService.ListAsync", Permission.PriceListChange, Subject.Nothing,
            async call => Answer.Of(await call.Get<PriceListService>().ListAsync(call.Actor, default))),
        Reading("PriceListService.SetAsync", Permission.PriceListChange, Subject.Nothing, async call => Answer.Of(
            await call.Get<PriceListService>()
                .SetAsync(call.Actor, new NewPrice($"N-{call.Cell.Asker}", "Bandage", "12.00"), default))),
        Reading("PriceListService.RetireAsync", Permission.PriceListChange, Subject.Nothing, async call => Answer.Of(
            await call.Get<PriceListService>().RetireAsync(call.Actor, await call.PriceAsync("OLD"), default))),

        Reading("RecordService.ListAsync", Permission.RecordRead, Subject.Patient,
            async call => Answer.Of(await call.Get<RecordService>().ListAsync(call.Actor, call.PatientId, null, default))),
        Reading("RecordService.CountOwnAnsweredAsync", Permission.RecordRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<RecordService>().CountOwnAnsweredAsync(call.Actor, default))),
        Reading("RecordService.ListWaitingAsync", Permission.DiagnosisAssign, Subject.List, async call =>
            Listed(await call.Get<RecordService>().ListWaitingAsync(call.Actor, null, default), row => row.PatientId)),
        Reading("RecordService.FindNextWaitingAsync", Permission.DiagnosisAssign, Subject.Nothing, async call =>
            Answer.Of(await call.Get<RecordService>().FindNextWaitingAsync(call.Actor, default))),
        Reading("RecordService.ListAssignedAsync", Permission.RecordRead, Subject.List, async call =>
            Listed(await call.Get<RecordService>().ListAssignedAsync(call.Actor, null, default), row => row.PatientId)),
        Reading("RecordService.GetAsync", Permission.RecordRead, Subject.Record,
            async call => Answer.Of(await call.Get<RecordService>().GetAsync(call.Actor, call.RecordId, default))),
        Changing("RecordService.DescribeAsync", Permission.RecordDescribe, Subject.Patient, async call =>
            Answer.Of(await call.Get<RecordService>().DescribeAsync(call.Actor, call.PatientId, Problem, default))),
        Changing("RecordService.WriteOnBehalfAsync", Permission.RecordWriteOnBehalf, Subject.Patient, async call =>
            Answer.Of(await call.Get<RecordService>().WriteOnBehalfAsync(call.Actor, call.PatientId, Problem, default))),
        Changing("RecordService.SaveDiagnosisAsync", Permission.DiagnosisAssign, Subject.PatientAndItem, async call =>
            Answer.Of(await call.Get<RecordService>().SaveDiagnosisAsync(call.Actor, call.PatientId, call.RecordId,
                new DiagnosisInput("Eczema.", null, Certainty.Confirmed, call.RecordVersion), default))),
        Changing("RecordService.SignAsync", Permission.RecordSign, Subject.PatientAndItem, async call =>
            Answer.Of(await call.Get<RecordService>().SignAsync(call.Actor, call.PatientId, call.RecordId, call.RecordVersion, default))),
        Changing("RecordService.MarkEnteredInErrorAsync", Permission.RecordMarkError, Subject.PatientAndItem, async call =>
            Answer.Of(await call.Get<RecordService>()
                .MarkEnteredInErrorAsync(call.Actor, call.PatientId, call.RecordId, "Wrong patient.", call.RecordVersion, default))),

        Reading("PrintService.RecordAsync", Permission.RecordRead, Subject.Record,
            async call => Answer.Of(await call.Get<PrintService>().RecordAsync(call.Actor, call.RecordId, default))),
        Reading("PrintService.ChartAsync", Permission.PatientRead, Subject.Patient,
            async call => Answer.Of(await call.Get<PrintService>().ChartAsync(call.Actor, call.PatientId, default))),
        Changing("AmendmentService.AddAddendumAsync", Permission.RecordSign, Subject.PatientAndItem, async call =>
            Answer.Of(
                await call.Get<AmendmentService>().AddAddendumAsync(call.Actor, call.PatientId, call.RecordId, "Better by now.", null,
                    default))),
        Changing("AmendmentService.CountersignAsync", Permission.RecordSign, Subject.PatientAndItem, async call =>
            Answer.Of(await call.Get<AmendmentService>().CountersignAsync(call.Actor, call.PatientId, call.RecordId, default))),
        Reading("RecordService.ListEnteredInErrorAsync", Permission.RecordErrorsRead, Subject.Patient, async call =>
            Answer.Of(await call.Get<RecordService>().ListEnteredInErrorAsync(call.Actor, call.PatientId, null, default))),

        Adding("record", call => new NewDocument(call.PatientId, "Letter.txt", call.RecordId)),
        Adding("visit", call => new NewDocument(call.PatientId, "Letter.txt", VisitId: call.VisitId)),
        Reading("DocumentService.ListOfRecordAsync", Permission.DocumentRead, Subject.Record,
            async call => Answer.Of(await call.Get<DocumentService>().ListOfRecordAsync(call.Actor, call.RecordId, default))),
        Reading("DocumentService.ListOfVisitAsync", Permission.DocumentRead, Subject.Record,
            async call => Answer.Of(await call.Get<DocumentService>().ListOfVisitAsync(call.Actor, call.VisitId, default))),
        Reading("DocumentService.ListAsync", Permission.DocumentRead, Subject.Patient, async call =>
            Answer.Of(await call.Get<DocumentService>().ListAsync(call.Actor, call.PatientId, null, withErrors: false, default))),
        Reading("DocumentService.ListAsync", Permission.RecordErrorsRead, Subject.Patient, async call =>
            Answer.Of(await call.Get<DocumentService>().ListAsync(call.Actor, call.PatientId, null, withErrors: true, default)))
            with
        { Variant = "errors" },
        Reading("DocumentService.ListUnattachedAsync", Permission.RecordDescribe, Subject.Nothing,
            async call => Answer.Of(await call.Get<DocumentService>().ListUnattachedAsync(call.Actor, default))),
        Changing("DocumentService.DiscardAsync", Permission.RecordDescribe, Subject.Record,
            async call => Answer.Of(await call.Get<DocumentService>().DiscardAsync(call.Actor, call.DocumentId, default))),
        Reading("DocumentService.OpenAsync", Permission.DocumentRead, Subject.Record,
            async call => await Opened(call.Get<DocumentService>().OpenAsync(call.Actor, call.DocumentId, default))),
        Reading("DocumentService.OpenThumbnailAsync", Permission.DocumentRead, Subject.Record,
            async call => await Opened(call.Get<DocumentService>().OpenThumbnailAsync(call.Actor, call.DocumentId, default))),
        Changing("DocumentService.MarkInErrorAsync", Permission.DocumentMarkError, Subject.Record, async call => Answer.Of(
            await call.Get<DocumentService>().MarkInErrorAsync(call.Actor, call.DocumentId, "Of the other twin.", default))),

        Changing("DraftService.SaveAsync", Permission.DraftKeep, Subject.Patient,
            async call => Answer.Of(await call.Get<DraftService>().SaveAsync(call.Actor, call.PatientId, Form, "{}", default))),
        Changing("DraftService.SaveOverAsync", Permission.DraftKeep, Subject.Patient,
            async call => Answer.Of(await call.Get<DraftService>().SaveOverAsync(call.Actor, call.PatientId, Form, "{}", null, default))),
        Reading("DraftService.FindAsync", Permission.DraftKeep, Subject.Patient,
            async call => Answer.Of(await call.Get<DraftService>().FindAsync(call.Actor, call.PatientId, Form, default))),
        Reading("DraftService.DiscardAsync", Permission.DraftKeep, Subject.Patient,
            async call => Answer.Of(await call.Get<DraftService>().DiscardAsync(call.Actor, call.PatientId, Form, null, default))),

        Changing("RegistrationDraftService.SaveOverAsync", Permission.PatientRegister, Subject.Nothing,
            async call => Answer.Of(await call.Get<RegistrationDraftService>().SaveOverAsync(call.Actor, "{}", null, default))),
        Reading("RegistrationDraftService.FindAsync", Permission.PatientRegister, Subject.Nothing,
            async call => Answer.Of(await call.Get<RegistrationDraftService>().FindAsync(call.Actor, default))),
        Reading("RegistrationDraftService.EndAsync", Permission.PatientRegister, Subject.Nothing,
            async call => Answer.Of(await call.Get<RegistrationDraftService>().EndAsync(call.Actor, null, default))),

        Reading("AuditService.ListAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditService>().ListAsync(call.Actor, new AuditQuery(), default))),
        Reading("AuditExport.ReadAllAsync", Permission.AuditRead, Subject.Nothing, async call => Answer.Of(await call.Get<AuditExport>()
            .ReadAllAsync(call.Actor, new AuditQuery(To: new DateOnly(2001, 1, 1)), _ => Task.CompletedTask, default))),
        Reading("AuditService.CompareAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditService>().CompareAsync(call.Actor, default))),
        Reading("AuditVerifyJob.StartAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditVerifyJob>().StartAsync(call.Actor, default))),
        Reading("AuditVerifyJob.StopAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditVerifyJob>().StopAsync(call.Actor, default))),
        Reading("AuditArchiveService.ReadAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditArchiveService>().ReadAsync(call.Actor, default))),
        Reading("AuditReviewService.ListAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditReviewService>().ListAsync(call.Actor, default))),
        Reading("AuditReviewService.CountUnsignedAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditReviewService>().CountUnsignedAsync(call.Actor, default))),
        Reading("AuditReviewService.ReadAsync", Permission.AuditRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditReviewService>().ReadAsync(call.Actor, new DateOnly(2020, 1, 1), default))),

        // Each month is signed off once: everybody has their own.
        Reading("AuditReviewService.SignOffAsync", Permission.AuditReview, Subject.Nothing, async call =>
            Answer.Of(await call.Get<AuditReviewService>().SignOffAsync(call.Actor,
                new DateOnly(2020, 1, 1).AddMonths((int)call.Cell.Asker), "Nothing to remark.", default))),
        Reading("AuditService.OwnAccessHistoryAsync", Permission.AccessHistoryRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AuditService>().OwnAccessHistoryAsync(call.Actor, default))),

        Reading("LookReportService.ReportAsync", Permission.AccessHistoryRead, Subject.Nothing, async call =>
            Answer.Of(await call.Get<LookReportService>().ReportAsync(call.Actor, await call.LookAsync(), default))),
        Reading("LookReportService.ListOpenAsync", Permission.LookReportAnswer, Subject.Nothing,
            async call => Answer.Of(await call.Get<LookReportService>().ListOpenAsync(call.Actor, default))),
        Reading("LookReportService.AnswerAsync", Permission.LookReportAnswer, Subject.Nothing, async call =>
            Answer.Of(await call.Get<LookReportService>()
                .AnswerAsync(call.Actor, await call.LookReportAsync(), "It was the ward round.", default))),

        Reading("AlertService.ListAsync", Permission.AlertRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AlertService>().ListAsync(call.Actor, new AlertQuery(), default))),
        Reading("AlertService.CountOpenAsync", Permission.AlertRead, Subject.Nothing,
            async call => Answer.Of(await call.Get<AlertService>().CountOpenAsync(call.Actor, default))),
        Reading("AlertService.ReadAllAsync", Permission.AlertRead, Subject.Nothing, async call => Answer.Of(
            await call.Get<AlertService>().ReadAllAsync(call.Actor, new AlertQuery(), _ => Task.CompletedTask, default))),
        Reading("AlertService.AcknowledgeAsync", Permission.AlertAcknowledge, Subject.Nothing, async call => Answer.Of(
            await call.Get<AlertService>().AcknowledgeAsync(call.Actor, await call.AlertAsync(), "It was a slip.", default))),

        Reading("PasskeyService.ListAsync", Permission.PasskeyKeep, Subject.Nothing,
            async call => Answer.Of(await call.Get<PasskeyService>().ListAsync(call.Actor, default))),
        Reading("PasskeyService.AddAsync", Permission.PasskeyKeep, Subject.Nothing, async call =>
            Answer.Of(await call.Get<PasskeyService>()
                .AddAsync(call.Actor, "Desk", TestPasskeys.Challenge(call.Get<TimeProvider>().GetUtcNow()), TestPasskeys.New(), default))),
        Reading("PasskeyService.RenameAsync", Permission.PasskeyKeep, Subject.Nothing, async call =>
            Answer.Of(await call.Get<PasskeyService>().RenameAsync(call.Actor, call.PasskeyId, "Desk", default))),
        Reading("PasskeyService.RemoveAsync", Permission.PasskeyKeep, Subject.Nothing, async call =>
            Answer.Of(await call.Get<PasskeyService>().RemoveAsync(call.Actor, call.PasskeyId, default))),

        Reading("AccountService.ListAsync", Permission.AccountList, Subject.Nothing,
            async call => Answer.Of(await call.Get<AccountService>().ListAsync(call.Actor, new AccountQuery(), default))),
        Reading("AccountService.InviteAsync", Permission.AccountManage, Subject.Nothing, async call =>
            Answer.Of(await call.Get<AccountService>()
                .InviteAsync(call.Actor, "Ingo Invited", $"invited-{call.Cell.Asker}@test.example", Roles.Nurse, default))),
        Reading("AccountService.InviteAgainAsync", Permission.AccountManage, Subject.Account, async call =>
            Answer.Of(await call.Get<AccountService>().InviteAgainAsync(call.Actor, call.TargetAccountId, default))),
        Changing("AccountService.ChangeRolesAsync", Permission.AccountManage, Subject.Account, async call =>
            Answer.Of(await call.Get<AccountService>().ChangeRolesAsync(call.Actor, call.TargetAccountId, Roles.Nurse, default))),
        Reading("RoleGrantService.ListAsync", Permission.AccountList, Subject.Nothing,
            async call => Answer.Of(await call.Get<RoleGrantService>().ListAsync(call.Actor, default))),
        Changing("RoleGrantService.ConfirmAsync", Permission.AccountManage, Subject.Account, async call =>
            Answer.Of(await call.Get<RoleGrantService>().ConfirmAsync(call.Actor, call.TargetAccountId, call.GrantId, default))),
        Changing("RoleGrantService.WithdrawAsync", Permission.AccountManage, Subject.Account, async call =>
            Answer.Of(await call.Get<RoleGrantService>().WithdrawAsync(call.Actor, call.TargetAccountId, call.GrantId, default))),
        Changing("AccountService.UnlockAsync", Permission.AccountManage, Subject.Account,
            async call => Answer.Of(await call.Get<AccountService>().UnlockAsync(call.Actor, call.TargetAccountId, default))),
        Changing("AccountService.DeactivateAsync", Permission.AccountManage, Subject.Account,
            async call => Answer.Of(await call.Get<AccountService>().DeactivateAsync(call.Actor, call.TargetAccountId, default))),
        Changing("AccountService.ReactivateAsync", Permission.AccountManage, Subject.Account,
            async call => Answer.Of(await call.Get<AccountService>().ReactivateAsync(call.Actor, call.TargetAccountId, default))),
        Changing("AccountService.ResetSecondFactorAsync", Permission.AccountManage, Subject.Account, async call =>
            Answer.Of(await call.Get<AccountService>().ResetSecondFactorAsync(call.Actor, call.TargetAccountId, default))),
        Changing("AccountService.EndSessionsAsync", Permission.AccountManage, Subject.Account,
            async call => Answer.Of(await call.Get<AccountService>().EndSessionsAsync(call.Actor, call.TargetAccountId, default))),
    ];

    private static AccessCase Reading(string method, Permission permission, Subject subject, Func<AccessCall, Task<Answer>> call) =>
        new(method, permission, subject, Changes: false, call);

    private static AccessCase Changing(string method, Permission permission, Subject subject, Func<AccessCall, Task<Answer>> call) =>
        new(method, permission, subject, Changes: true, call);

    private static AccessCase Doing(VisitAct act, Permission permission) =>
        Changing("VisitService.DoAsync", permission, Subject.PatientAndItem, async call => Answer.Of(
            await call.Get<VisitService>().DoAsync(call.Actor, call.PatientId, call.VisitId, act, "By mistake.", default)))
            with
        { Variant = $"{act}" };

    private static AccessCase Adding(string where, Func<AccessCall, NewDocument> what) =>
        Changing("DocumentService.AddAsync", Permission.DocumentAdd, Subject.PatientAndItem, async call =>
        {
            using var content = new MemoryStream("Words."u8.ToArray());
            return Answer.Of(await call.Get<DocumentService>().AddAsync(call.Actor, what(call), content, default));
        })
            with
        { Variant = where };

    private static async Task<Answer> Opened(Task<Result<DocumentContent>> opening)
    {
        var result = await opening;
        await using var content = result.IsSuccess ? result.Value : null;
        return Answer.Of(result);
    }

    private static async Task<Answer> Exists(Task<bool> exists) => new(await exists ? null : Error.NotFound);

    private static Answer Listed<T>(Result<Page<T>> result, Func<T, Guid> patientId) =>
        new(result.Error, result.IsSuccess ? [.. result.Value.Items.Select(patientId)] : []);
}

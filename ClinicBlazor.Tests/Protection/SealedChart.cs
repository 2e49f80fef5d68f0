using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.DataProtection;
using ClinicBlazor.Domain.Patients;
using ClinicBlazor.Domain.Records;
using ClinicBlazor.Domain.Visits;
using ClinicBlazor.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Protection;

/// <summary>A chart in which every kind of sealed value stands, and what can be read of it.</summary>
internal sealed class SealedChart
{
    public const string Ssn = "900123487";

    private readonly DomainHost host;

    private SealedChart(DomainHost host, TestPerson doctor, Guid patientId, Guid signed) =>
        (this.host, Doctor, PatientId, Signed) = (host, doctor, patientId, signed);

    public TestPerson Doctor { get; }

    public Guid PatientId { get; }

    /// <summary>The signed record.</summary>
    public Guid Signed { get; }

    public static async Task<SealedChart> AddAsync(DomainHost host)
    {
        var doctor = await host.People.AddStaffAsync(Roles.Doctor);
        var patientId = await host.People.AddChartAsync(ssn: Ssn);
        await host.People.AssignAsync(doctor, patientId);
        var actor = await host.People.ActorAsync(doctor);
        var records = host.Get<RecordService>();
        var signed = (await records.WriteOnBehalfAsync(actor, patientId,
            new("heliotrope rash", "since the solstice", 7, "worse under larkspur"), default)).Value;
        var chart = new SealedChart(host, doctor, patientId, signed);
        await records.SaveDiagnosisAsync(actor, patientId, signed,
            new("mastoiditis", "J01.0", Certainty.Confirmed, await chart.VersionAsync(signed)), default);
        Assert.True((await records.SignAsync(actor, patientId, signed, await chart.VersionAsync(signed), default)).IsSuccess);
        var wrong = (await records.WriteOnBehalfAsync(actor, patientId, new("of the other twin"), default)).Value;
        Assert.True(
            (await records.MarkEnteredInErrorAsync(actor, patientId, wrong, "the wrong twin", await chart.VersionAsync(wrong), default))
            .IsSuccess);
        Assert.True(
            (await host.Get<DraftService>().SaveAsync(actor, patientId, DraftService.NewRecordForm, "half a sentence", default)).IsSuccess);
        await host.Get<DataProtectionKeyStore>().AddAsync("<key/>", default);
        return chart;
    }

    /// <summary>A visit that was cancelled for a reason; null before <see cref="AmendAsync"/>.</summary>
    public Guid? Cancelled { get; private set; }

    /// <summary>Adds to the signed record, and cancels a visit, as a clinic of the first version could not.</summary>
    public async Task<SealedChart> AmendAsync()
    {
        var actor = await host.People.ActorAsync(Doctor);
        Cancelled = (await host.Get<VisitService>().StartAsync(actor, PatientId, doctorId: null, default)).Value;
        Assert.True((await host.Get<VisitService>()
            .DoAsync(actor, PatientId, Cancelled.Value, VisitAct.Cancel, "called to the otters", default)).IsSuccess);
        Assert.True((await host.Get<AmendmentService>().AddAddendumAsync(actor, PatientId, Signed, "better by lavender", null, default))
            .IsSuccess);
        return this;
    }

    /// <summary>Everything of the chart that is sealed, as its readers read it.</summary>
    public async Task<IReadOnlyList<string?>> ReadAsync(IServiceProvider? instance = null)
    {
        var services = instance ?? host.Services;
        var actor = await host.People.ActorAsync(Doctor);
        var record = (await Get<RecordService>().GetAsync(actor, Signed, default)).Value;
        var found = (await Get<PatientService>().ListAsync(actor, new PatientQuery("900-12-3487"), default)).Value.Items;
        return
        [
            record.Description.Symptoms, record.Description.Onset?.Words, record.Description.ModifyingFactors, record.Diagnosis!.Text,
                record.Diagnosis.Code,
            $"signature holds: {record.Signatures.Single().IsValid}", record.Signatures.Single().SignerName,
            .. record.Addenda.SelectMany(row => (string[])[$"addendum holds: {row.IsValid}", row.Text, row.AuthorName]),
            .. Cancelled is { } visitId ? (await Get<VisitHistoryService>().GetAsync(actor, visitId, again: false, default)).Value.History
                .Select(done => done.Reason) : [],
            (await Get<DraftService>().FindAsync(actor, PatientId, DraftService.NewRecordForm, default)).Value!.Body,
            $"found by SSN: {found.Count(row => row.Id == PatientId)}", found[0].SsnLastFour,
            .. await Get<DataProtectionKeyStore>().ListAsync(default),
        ];

        T Get<T>()
            where T : notnull => (T)services.GetService(typeof(T))!;
    }

    private async Task<Guid> VersionAsync(Guid recordId)
    {
        await using var db = await host.OpenAsync();
        return (await db.Set<MedicalRecord>().SingleAsync(row => row.Id == recordId)).Version;
    }
}

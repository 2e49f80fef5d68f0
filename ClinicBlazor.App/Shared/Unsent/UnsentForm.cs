using ClinicBlazor.App.Web;
using ClinicBlazor.Domain.Access;
using ClinicBlazor.Domain.Kernel;
using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Shared.Unsent;

/// <summary>A form whose text can be taken over without a circuit.</summary>
internal abstract class UnsentForm
{
    /// <summary>Its name in the address.</summary>
    public abstract string Kind { get; }

    /// <summary>Who fills it in.</summary>
    public abstract Permission Permission { get; }

    /// <summary>What of <see cref="UnsentDraft"/> follows the name in the address.</summary>
    public abstract string Route { get; }

    /// <summary>The draft of whoever asks; null when there is none.</summary>
    public abstract Task<Result<SavedDraft?>> FindAsync(HttpContext context, UnsentDraft draft, CancellationToken ct);

    /// <summary>Saves the draft of whoever asks over the version that was found.</summary>
    public abstract Task<Result<DateTimeOffset>> SaveOverAsync(HttpContext context, UnsentDraft draft, DraftText text,
        DateTimeOffset? found, CancellationToken ct);

    /// <summary>The body of the draft with what stood in the form; what the form had no field for stays as it is.</summary>
    public abstract string Take(string? body, UnsentFields fields, IServiceProvider services);
}

/// <summary>A form about a patient, whose draft <see cref="DraftService"/> keeps.</summary>
internal abstract class UnsentPatientForm : UnsentForm
{
    /// <inheritdoc />
    public override string Route => "/{patientId:guid}";

    /// <inheritdoc />
    public override Task<Result<SavedDraft?>> FindAsync(HttpContext context, UnsentDraft draft, CancellationToken ct) =>
        Drafts(context).FindAsync(context.Actor(), draft.PatientId!.Value, FormOf(draft), ct);

    /// <inheritdoc />
    public override Task<Result<DateTimeOffset>> SaveOverAsync(HttpContext context, UnsentDraft draft, DraftText text,
        DateTimeOffset? found, CancellationToken ct) =>
        Drafts(context).SaveOverAsync(context.Actor(), draft.PatientId!.Value, FormOf(draft), text, found, ct);

    /// <summary>The draft's name.</summary>
    protected abstract string FormOf(UnsentDraft draft);

    private static DraftService Drafts(HttpContext context) => context.RequestServices.GetRequiredService<DraftService>();
}

/// <summary>A form that stands in a record.</summary>
internal abstract class UnsentRecordForm : UnsentPatientForm
{
    /// <inheritdoc />
    public override string Route => "/{patientId:guid}/{recordId:guid}";
}

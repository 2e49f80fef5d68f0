namespace ClinicBlazor.Domain.Records;

/// <summary>Where a record stands, as its signatures prove it: what its page says at one glance, and every list.</summary>
public enum RecordPhase
{
    /// <summary>No diagnosis yet.</summary>
    Waiting,

    /// <summary>Diagnosed, not signed.</summary>
    Diagnosed,

    /// <summary>Signed, and every signature holds.</summary>
    Signed,

    /// <summary>Signed, and what is stored is not what was signed.</summary>
    Broken,

    /// <summary>Signed once, and the signature is gone.</summary>
    SignatureMissing,

    /// <summary>Entered in error.</summary>
    Withdrawn,

    /// <summary>What is stored of it does not open.</summary>
    Unreadable,
}

/// <summary>Tells where a record stands.</summary>
internal static class RecordPhases
{
    /// <summary>
    /// Where a record stands. What was signed once is signed or broken for ever, whatever the record's row says, unless somebody
    /// gave the reason why it was entered in error, which nobody can write who only has the database; a locked record without a
    /// signature is as broken as one with a wrong signature.
    /// </summary>
    /// <param name="status">What the row says.</param>
    /// <param name="signatures">Of each signature, whether it holds.</param>
    /// <param name="isMissing">True when the audit trail tells of a signature that is not there.</param>
    /// <param name="hasDiagnosis">True when there is a diagnosis.</param>
    /// <param name="hasReason">True when there is a reason why it was entered in error, and it opens.</param>
    public static RecordPhase Of(RecordStatus status, IReadOnlyCollection<bool> signatures, bool isMissing, bool hasDiagnosis,
        bool hasReason) =>
        (isMissing, signatures.Count > 0, status) switch
        {
            (true, _, _) => RecordPhase.SignatureMissing,
            (_, true, RecordStatus.Final) => signatures.All(holds => holds) ? RecordPhase.Signed : RecordPhase.Broken,
            (_, true, RecordStatus.EnteredInError) when hasReason && signatures.All(holds => holds) => RecordPhase.Withdrawn,
            (_, true, _) or (_, _, RecordStatus.Final) => RecordPhase.Broken,
            (_, _, RecordStatus.Preliminary) => hasDiagnosis ? RecordPhase.Diagnosed : RecordPhase.Waiting,
            (_, _, RecordStatus.EnteredInError) => RecordPhase.Withdrawn,
        };
}

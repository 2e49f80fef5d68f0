using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>Where a record stands, as one glance at its page tells.</summary>
internal enum RecordPhase
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
}

/// <summary>Works out where a record stands.</summary>
internal static class RecordPhases
{
    /// <summary>
    /// Where the record stands. What was signed once is signed or broken for ever, whatever the record's row says; a
    /// locked record without a signature is as broken as one with a wrong signature.
    /// </summary>
    public static RecordPhase Standing(this RecordDetails record) => (record.SignatureMissing, record.WasSigned, record.Status) switch
    {
        (true, _, _) => RecordPhase.SignatureMissing,
        (_, true, RecordStatus.Final) => record.Signatures.All(signature => signature.IsValid) ? RecordPhase.Signed : RecordPhase.Broken,
        (_, true, _) or (_, _, RecordStatus.Final) => RecordPhase.Broken,
        (_, _, RecordStatus.Preliminary) => record.Diagnosis is null ? RecordPhase.Waiting : RecordPhase.Diagnosed,
        (_, _, RecordStatus.EnteredInError) => RecordPhase.Withdrawn,
    };
}

using ClinicBlazor.Domain.Records;

namespace ClinicBlazor.App.Records;

/// <summary>Where a record stands, as one glance at its page tells.</summary>
internal enum RecordStanding
{
    /// <summary>No diagnosis yet.</summary>
    Waiting,

    /// <summary>Diagnosed, not signed.</summary>
    Diagnosed,

    /// <summary>Signed, and every signature holds.</summary>
    Signed,

    /// <summary>Signed, and what is stored is not what was signed.</summary>
    Broken,

    /// <summary>Entered in error.</summary>
    Withdrawn,
}

/// <summary>Tells where a record stands.</summary>
internal static class RecordStandings
{
    /// <summary>Where the record stands. A locked record without a signature is as broken as one with a wrong signature.</summary>
    public static RecordStanding Standing(this RecordDetails record) => record.Status switch
    {
        RecordStatus.Preliminary => record.Diagnosis is null ? RecordStanding.Waiting : RecordStanding.Diagnosed,
        RecordStatus.Final => record.Signatures.Count > 0 && record.Signatures.All(signature => signature.IsValid)
            ? RecordStanding.Signed
            : RecordStanding.Broken,
        RecordStatus.EnteredInError => RecordStanding.Withdrawn,
    };
}

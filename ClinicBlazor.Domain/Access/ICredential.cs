namespace ClinicBlazor.Domain.Access;

/// <summary>
/// What somebody signs in with, or is signed in by: a session, a passkey, a code, a mailed link, a known browser. Another person's
/// are found by signing in and by the acts on accounts alone.
/// </summary>
internal interface ICredential
{
    /// <summary>Whose it is.</summary>
    Guid AccountId { get; }
}

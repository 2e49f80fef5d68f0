using ClinicBlazor.Domain.Protection;

namespace ClinicBlazor.Domain.Accounts.Mail;

/// <summary>
/// A mail that is still to be sent. It is written in the transaction of the act that causes it and deleted when it was
/// handed over, so that neither a restart nor a mail server that is away loses one.
/// </summary>
internal sealed class QueuedMail : ISealedRow
{
    /// <summary>Id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Whose account it is about; null for an address that may belong to nobody.</summary>
    public required Guid? AccountId { get; init; }

    /// <summary>What it is for.</summary>
    public required AccountMailKind Kind { get; init; }

    /// <summary>To whom, as the address was when the mail was written.</summary>
    public required SealedText Address { get; init; }

    /// <summary>What somebody who asks for an account calls themselves.</summary>
    public SealedText? Name { get; init; }

    /// <summary>Of which language, as a culture's name.</summary>
    public required string Language { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next.</summary>
    public DateTimeOffset DueAt { get; private set; }

    /// <summary>How often it was tried. Also the row's version: of two instances one gets the try.</summary>
    public int Tries { get; private set; }

    /// <summary>When it was last not taken; null when that never happened.</summary>
    public DateTimeOffset? FailedAt { get; private set; }

    /// <summary>When nobody tried any longer; null while it is tried.</summary>
    public DateTimeOffset? GivenUpAt { get; private set; }

    RowOwner ISealedRow.Owner => OwnerOf(AccountId);

    /// <summary>Whose a mail is: the account's, or the clinic's own where the address may belong to nobody.</summary>
    public static RowOwner OwnerOf(Guid? accountId) => accountId is { } id ? new(id) : RowOwner.Clinic;

    /// <summary>Asks for a first try, or for the next one, at once.</summary>
    public void BeDue(DateTimeOffset now) => (DueAt, GivenUpAt) = (now, null);

    /// <summary>Counts a try and sets when the next one is due if this one fails.</summary>
    public void Try(DateTimeOffset now)
    {
        DueAt = RetryPauses.Next(now, Tries);
        Tries++;
    }

    /// <summary>The try failed. Returns true when there will be no other.</summary>
    public bool Fail(DateTimeOffset now)
    {
        FailedAt = now;
        GivenUpAt = RetryPauses.AreOver(CreatedAt, now) ? now : null;
        return GivenUpAt is not null;
    }
}

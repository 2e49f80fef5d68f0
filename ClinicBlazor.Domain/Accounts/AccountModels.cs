using ClinicBlazor.Domain.Access;

namespace ClinicBlazor.Domain.Accounts;

/// <summary>An account as administrators see it.</summary>
/// <param name="Id">Id.</param>
/// <param name="DisplayName">Name.</param>
/// <param name="Email">Address.</param>
/// <param name="Roles">Roles.</param>
/// <param name="Status">Whether it can be used.</param>
/// <param name="LockedUntil">End of a lock, of the account or of a browser that it knows; null when nothing is locked.</param>
/// <param name="TwoFactorEnabled">Whether a second factor is enrolled.</param>
/// <param name="LastSignInAt">When it was used last.</param>
/// <param name="OpenSessions">Sessions that live.</param>
/// <param name="InvitationUnsent">True when the mail that invites its owner could not be sent so far.</param>
/// <param name="IsSelf">True for the reader's own account.</param>
public sealed record AccountRow(
    Guid Id, string DisplayName, string Email, Roles Roles, AccountStatus Status, DateTimeOffset? LockedUntil,
    bool TwoFactorEnabled, DateTimeOffset? LastSignInAt, int OpenSessions, bool InvitationUnsent, bool IsSelf);

/// <summary>Which accounts to list.</summary>
/// <param name="Search">Beginnings of words of the name, or of the address; empty for all.</param>
/// <param name="Roles">Accounts that hold one of these.</param>
/// <param name="After">Place to go on from, as a page gave it.</param>
/// <param name="Descending">True for the last address first.</param>
public sealed record AccountQuery(string Search = "", Roles Roles = Roles.Staff, string? After = null, bool Descending = false);

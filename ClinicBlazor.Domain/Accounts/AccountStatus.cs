namespace ClinicBlazor.Domain.Accounts;

/// <summary>Whether an account can be used.</summary>
public enum AccountStatus
{
    /// <summary>Made, but its owner has not yet opened the link that was sent.</summary>
    Invited,

    /// <summary>In use.</summary>
    Active,

    /// <summary>Switched off by an administrator; kept, since the audit names it.</summary>
    Deactivated,
}

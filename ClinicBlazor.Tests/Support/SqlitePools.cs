using ClinicBlazor.Domain.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ClinicBlazor.Tests.Support;

/// <summary>The connections that wait in the pool of one database file; those of tests beside this one are left alone.</summary>
internal static class SqlitePools
{
    /// <summary>Closes the waiting connections of a file, so that it can be deleted or replaced.</summary>
    public static void Clear(string file)
    {
        var options = new DbContextOptionsBuilder<SqliteClinicDbContext>();
        DataServices.UseSqlite(options, file);
        using var db = new SqliteClinicDbContext(options.Options);
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClinicBlazor.Domain.Data.Migrations.Sqlite
{
    /// <summary>Columns that nobody reads go.</summary>
    public partial class UnreadColumns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Patients_TinIndex",
                table: "Patients");

            // As plain statements: a table that is made anew loses its triggers.
            migrationBuilder.Sql("ALTER TABLE \"Patients\" DROP COLUMN \"TinIndex\"");
            migrationBuilder.Sql("ALTER TABLE \"DataProtectionKeys\" DROP COLUMN \"FriendlyName\"");
            migrationBuilder.Sql("ALTER TABLE \"Accounts\" DROP COLUMN \"LockoutEnabled\"");
            migrationBuilder.Sql("ALTER TABLE \"Accounts\" DROP COLUMN \"PhoneNumber\"");
            migrationBuilder.Sql("ALTER TABLE \"Accounts\" DROP COLUMN \"PhoneNumberConfirmed\"");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "TinIndex",
                table: "Patients",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FriendlyName",
                table: "DataProtectionKeys",
                type: "TEXT",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "LockoutEnabled",
                table: "Accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "PhoneNumber",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "PhoneNumberConfirmed",
                table: "Accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateIndex(
                name: "IX_Patients_TinIndex",
                table: "Patients",
                column: "TinIndex");
        }
    }
}

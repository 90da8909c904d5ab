// SPDX-License-Identifier: Apache-2.0
package io.facegate.api.camera;

/**
 * User and password at a camera.
 *
 * @param user not empty
 * @param password may be empty
 */
public record CameraLogin(String user, String password) {
    public CameraLogin {
        if (user.isEmpty()) {
            throw new IllegalArgumentException("a login has a user");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "login of " + user;
    }
}

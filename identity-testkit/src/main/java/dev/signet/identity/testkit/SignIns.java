// SPDX-License-Identifier: MIT
package dev.signet.identity.testkit;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The users of an authority, and what a test does in their place: signs in without a page, declines, enters a device
 * code. Without that, users find real pages at the authorize endpoint and at {@code /devicelogin}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SignIns {
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

    private final TokenIssuer issuer;
    private final List<User> users = new CopyOnWriteArrayList<>();
    private final Map<String, RedeemableCode> codes = new ConcurrentHashMap<>();
    private final Map<String, RefreshRight> refreshTokens = new ConcurrentHashMap<>();
    private final Map<String, DeviceSignIn> devices = new ConcurrentHashMap<>();
    private final Deque<EntraError> refusals = new ConcurrentLinkedDeque<>();
    private final AtomicReference<@Nullable User> present = new AtomicReference<>();

    SignIns(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** What a refresh token stands for; a family's is good for all of its applications. */
    record RefreshRight(User user, String clientId, boolean family) {}

    void add(User user) {
        users.removeIf(known -> known.userName().equalsIgnoreCase(user.userName()));
        users.add(user);
    }

    /**
     * The users, in the order in which they were registered.
     *
     * @return possibly none
     */
    public List<User> users() {
        return List.copyOf(users);
    }

    /**
     * Makes the authorize endpoint answer for a user at once, as for one who is signed in to the browser already.
     *
     * @param user a registered user
     */
    public void answerAs(User user) {
        present.set(user);
    }

    /**
     * Makes the authorize endpoint send its next caller back with an error.
     *
     * @param error the OAuth code, for example {@code access_denied}
     * @param code the number behind AADSTS, for example 65004
     * @param text what follows the number
     */
    public void refuseNext(String error, int code, String text) {
        refusals.add(EntraError.badRequest(error, code, text));
    }

    /**
     * Makes all refresh tokens of a user worthless, as a changed password does.
     *
     * @param user a registered user
     */
    public void revoke(User user) {
        refreshTokens.values().removeIf(right -> right.user().objectId().equals(user.objectId()));
    }

    /**
     * Makes an authorization code without a browser.
     *
     * @param user who signs in
     * @param application for which application
     * @param redirectUri the address that the code is sent to
     * @return a code that works once, within ten minutes
     */
    public String authorizationCode(User user, Application application, URI redirectUri) {
        return code(new RedeemableCode(
                user,
                application.clientId(),
                redirectUri.toString(),
                null,
                null,
                issuer.now().plus(CODE_LIFETIME)));
    }

    /**
     * The user codes of sign-ins that wait for a user.
     *
     * @return in no order
     */
    public List<String> openDevices() {
        return devices.values().stream()
                .filter(DeviceSignIn::open)
                .map(DeviceSignIn::userCode)
                .toList();
    }

    /**
     * Enters a device code and signs in.
     *
     * @param userCode what the device shows
     * @param user who signs in
     * @throws IllegalArgumentException if no device shows it
     */
    public void approveDevice(String userCode, User user) {
        device(userCode).approve(user);
    }

    /**
     * Enters a device code and declines.
     *
     * @param userCode what the device shows
     * @throws IllegalArgumentException if no device shows it
     */
    public void declineDevice(String userCode) {
        device(userCode).decline();
    }

    private DeviceSignIn device(String userCode) {
        return findDevice(userCode)
                .orElseThrow(() -> new IllegalArgumentException("no device shows the code " + userCode));
    }

    Optional<DeviceSignIn> findDevice(String userCode) {
        String wanted = userCode.strip().toUpperCase(Locale.ROOT);
        return devices.values().stream()
                .filter(device -> device.userCode().equals(wanted))
                .findFirst();
    }

    Optional<User> find(String userName) {
        return users.stream()
                .filter(user -> user.userName().equalsIgnoreCase(userName))
                .findFirst();
    }

    @Nullable
    User present() {
        return present.get();
    }

    @Nullable
    EntraError nextRefusal() {
        return refusals.poll();
    }

    String code(RedeemableCode code) {
        return added(codes, "1.", code);
    }

    /** Takes a code out of use; an empty result means that it was never given out or was redeemed before. */
    Optional<RedeemableCode> redeem(String code) {
        return Optional.ofNullable(codes.remove(code));
    }

    Optional<RedeemableCode> lookAt(String code) {
        return Optional.ofNullable(codes.get(code));
    }

    String refreshToken(RefreshRight right) {
        return added(refreshTokens, "0.", right);
    }

    Optional<RefreshRight> refreshRight(String token) {
        return Optional.ofNullable(refreshTokens.get(token));
    }

    String startDevice(DeviceSignIn device) {
        return added(devices, "2.", device);
    }

    Optional<DeviceSignIn> byDeviceCode(String deviceCode) {
        return Optional.ofNullable(devices.get(deviceCode));
    }

    private static <T> String added(Map<String, T> to, String prefix, T value) {
        String name = prefix + UUID.randomUUID() + UUID.randomUUID();
        to.put(name, value);
        return name;
    }

    /** Forgets orders, codes and refresh tokens; users stay. */
    void reset() {
        codes.clear();
        refreshTokens.clear();
        devices.clear();
        refusals.clear();
        present.set(null);
    }

    Instant codeExpiry() {
        return issuer.now().plus(CODE_LIFETIME);
    }

    @Override
    public String toString() {
        return "SignIns[" + users.size() + " users]";
    }
}
